/**
 * Benchmarks: ours and a peer on the same machine in the same run, alternating, with the goal beside the name. Each one
 * gives {@link io.byok.bench.Comparison}s.
 */
@NullMarked
package io.byok.bench;

import org.jspecify.annotations.NullMarked;
