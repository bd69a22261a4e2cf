package io.byok.kernel.hold;

import io.byok.kernel.SubjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a legal hold protects: all of a tenant, or less of it.
 *
 * @param subject what is about this end user only; absent for everybody
 * @param from what happened then or later; absent for from the beginning
 * @param to what happened before then; absent for to the end
 */
public record HeldScope(
        @Nullable SubjectId subject,
        @Nullable Instant from,
        @Nullable Instant to) {}
