/**
 * What is known about each provider, as data: one file per provider under {@code resources/providers}, read and judged
 * at start. The fields of a credential and how it is sent, the hosts it may be sent to, a probe that costs nothing and
 * the reading of its answers, where usage stands in an answer, how a pasted key is recognised.
 *
 * <p>Starting points: {@link io.byok.command.provider.Catalogue}, {@link io.byok.command.provider.Provider},
 * {@link io.byok.command.provider.ProbeReading}, {@link io.byok.command.provider.Detection}.
 */
@NullMarked
package io.byok.command.provider;

import org.jspecify.annotations.NullMarked;
