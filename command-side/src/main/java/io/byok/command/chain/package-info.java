/**
 * What is said about fallback: for an end user's keys of one provider, or as the tenant's default. How it is honoured
 * stands in the feature that hands secrets out.
 *
 * <p>Starting point: {@link io.byok.command.chain.ChainController}.
 */
@NullMarked
package io.byok.command.chain;

import org.jspecify.annotations.NullMarked;
