package io.byok.command.head;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.chain.ChainPolicy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about an end user's keys for one provider and environment is made of, as of one moment.
 *
 * @param subject the end user; absent when the application never named them
 * @param epoch the end user's {@linkplain Epochs number}, 0 for none
 * @param tenantEpoch the tenant's
 * @param suspended whether the tenant may do nothing
 * @param keys the end user's, oldest first
 * @param systemKeys the tenant's own, oldest first
 * @param refused those of all these keys whose current version its provider refused when it was last asked
 * @param policy the end user's chain, or the tenant's default; absent where nobody said anything
 */
public record Standing(
        @Nullable SubjectId subject,
        long epoch,
        long tenantEpoch,
        boolean suspended,
        List<KeyHead> keys,
        List<KeyHead> systemKeys,
        Set<KeyId> refused,
        @Nullable ChainPolicy policy) {}
