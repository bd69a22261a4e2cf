package io.byok.kernel.erase;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One number of what was consumed on a day.
 *
 * @param day ISO 8601, UTC
 * @param model absent when it was not told
 * @param measure {@code requests}, {@code errors}, {@code uncosted}, {@code unit} or {@code cost}
 * @param name the unit or the currency; empty for the others
 */
public record UsageSum(
        String day, String provider, @Nullable String model, String measure, String name, BigDecimal amount) {}
