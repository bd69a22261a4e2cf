/**
 * The side that shows. Everything in here can be dropped and replayed from the event store; no credential, and no type
 * that could hold one, is on its classpath.
 *
 * <p>Starting points: {@link io.byok.query.feed.Projector}, {@link io.byok.query.key.KeyController},
 * {@link io.byok.query.replay.Replay}.
 */
@NullMarked
package io.byok.query;

import org.jspecify.annotations.NullMarked;
