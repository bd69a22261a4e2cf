/**
 * Taking in what the application consumed: each record counts once, however often it is sent.
 *
 * <p>Starting point: {@link io.byok.command.usage.UsageController}.
 */
@NullMarked
package io.byok.command.usage;

import org.jspecify.annotations.NullMarked;
