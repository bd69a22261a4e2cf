package io.byok.command.store;

import io.byok.kernel.Base32Id;
import io.byok.kernel.ChainId;
import io.byok.kernel.ErasureId;
import io.byok.kernel.HoldId;
import io.byok.kernel.KeyId;
import io.byok.kernel.RetentionId;
import io.byok.kernel.RotationId;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;

/** Aggregates are called by their ids, and the prefix of an id says which kind of stream it is. */
public final class PrefixedStreamNames implements StreamNames {

    @Override
    public StreamId stream(String aggregateIdentifier) {
        for (StreamType type : StreamType.values()) {
            var value = Base32Id.parse(prefix(type), aggregateIdentifier);
            if (value.isPresent()) {
                return new StreamId(type, value.get());
            }
        }
        throw new IllegalArgumentException("no stream is called like this aggregate identifier");
    }

    @Override
    public String text(StreamId stream) {
        return prefix(stream.type()) + "_" + Base32Id.encode(stream.value());
    }

    private static String prefix(StreamType type) {
        return switch (type) {
            case TENANT -> TenantId.PREFIX;
            case API_TOKEN -> TokenId.PREFIX;
            case SUBJECT -> SubjectId.PREFIX;
            case KEY -> KeyId.PREFIX;
            case ROTATION -> RotationId.PREFIX;
            case ERASURE -> ErasureId.PREFIX;
            case TENANT_ERASURE -> TenantErasureId.PREFIX;
            case LEGAL_HOLD -> HoldId.PREFIX;
            case RETENTION -> RetentionId.PREFIX;
            case CHAIN -> ChainId.PREFIX;
            case USE, USAGE, VALIDATION, DENIAL, TRAIL ->
                type.word(); // segments of records; no aggregate, but a name all the same
        };
    }
}
