package io.byok.command.retention;

import io.byok.kernel.HoldId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would let go of one calendar year (UTC).
 *
 * @param dueAt when
 * @param due whether that is past
 * @param segments events that record uses
 * @param uses leaves whose words and details would be gone; their hashes stay
 * @param firstPosition of the first segment, 0 when there is none
 * @param lastPosition of the last segment, 0 when there is none
 * @param keys how many wrapped keys would be destroyed
 * @param heldBy a legal hold that stands in the way; absent for none
 */
public record DueYear(
        int year,
        Instant dueAt,
        boolean due,
        long segments,
        long uses,
        long firstPosition,
        long lastPosition,
        int keys,
        @Nullable HoldId heldBy) {}
