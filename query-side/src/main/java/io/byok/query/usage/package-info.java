/**
 * What was consumed and what it cost: exact sums by day, provider, model, end user and key.
 *
 * <p>Starting points: {@link io.byok.query.usage.UsageProjector}, {@link io.byok.query.usage.UsageController}.
 */
@NullMarked
package io.byok.query.usage;

import org.jspecify.annotations.NullMarked;
