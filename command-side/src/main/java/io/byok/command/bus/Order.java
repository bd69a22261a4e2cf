package io.byok.command.bus;

import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A command with everything that is not its own business: whose it is, who gave it, what version it expects.
 *
 * @param family the sealed family the command belongs to; Axon routes by its name
 * @param target the aggregate it is for
 * @param tenant taken from the caller's credential
 * @param subject the end user whose key seals the events; absent for the tenant's own affairs
 * @param expectedVersion the aggregate version of {@code If-Match}, absent for any
 */
public record Order<C>(
        Class<? super C> family,
        C command,
        StreamId target,
        TenantId tenant,
        @Nullable SubjectId subject,
        Provenance by,
        @Nullable Long expectedVersion) {}
