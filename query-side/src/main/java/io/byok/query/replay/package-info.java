/**
 * Read models built anew from the event store: to prove that the live ones say what history says, or to replace them.
 *
 * <p>Starting points: {@link io.byok.query.replay.Replay}, {@link io.byok.query.replay.Shadow}.
 */
@NullMarked
package io.byok.query.replay;

import org.jspecify.annotations.NullMarked;
