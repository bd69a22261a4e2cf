package io.byok.command.head;

import io.byok.kernel.ChainId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.ChainPolicy;

/**
 * What is said about fallback for one end user, provider and environment, as of the last commit.
 *
 * @param owner the end user; for a tenant's default the {@linkplain TenantHeads#self tenant itself}
 * @param removed it says nothing any more
 * @param sequence the aggregate version
 */
public record ChainHead(
        ChainId chain,
        TenantId tenant,
        SubjectId owner,
        String provider,
        String environment,
        boolean removed,
        long sequence,
        ChainPolicy policy) {}
