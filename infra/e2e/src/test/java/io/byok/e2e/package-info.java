/**
 * The product as its users meet it: packaged, in a process of its own, over HTTP, on real engines.
 *
 * <p>Starting points: {@link io.byok.e2e.SharedServer} for tests that only read and write, {@link io.byok.e2e.Server} and
 * {@link io.byok.e2e.World} for tests that take something away, {@link io.byok.e2e.Api} to talk to either.
 */
@NullMarked
package io.byok.e2e;

import org.jspecify.annotations.NullMarked;
