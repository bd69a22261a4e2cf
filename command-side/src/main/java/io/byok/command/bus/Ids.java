package io.byok.command.bus;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.kernel.ChainId;
import io.byok.kernel.HoldId;
import io.byok.kernel.KeyId;
import io.byok.kernel.RotationId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.UseId;
import java.util.UUID;

/** Makes identifiers: random and ordered by time (UUIDv7), so that new rows lie beside each other in an index. */
public final class Ids {

    public UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    public KeyId key() {
        return new KeyId(next());
    }

    public SubjectId subject() {
        return new SubjectId(next());
    }

    public TenantId tenant() {
        return new TenantId(next());
    }

    public TokenId token() {
        return new TokenId(next());
    }

    public RotationId rotation() {
        return new RotationId(next());
    }

    public HoldId hold() {
        return new HoldId(next());
    }

    public ChainId chain() {
        return new ChainId(next());
    }

    public UseId use() {
        return new UseId(next());
    }
}
