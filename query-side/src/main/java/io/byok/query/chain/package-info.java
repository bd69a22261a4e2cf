/**
 * What is said about fallback, as it is shown.
 *
 * <p>Starting points: {@link io.byok.query.chain.ChainProjector}, {@link io.byok.query.chain.ChainController}.
 */
@NullMarked
package io.byok.query.chain;

import org.jspecify.annotations.NullMarked;
