/**
 * How events become read models: one loop per lane takes sealed records from Kafka, opens each once, and lets every
 * {@link io.byok.query.feed.Projector} fold them. A read model's rows and its position change in one transaction, so
 * redelivery, restarts and a second node change nothing.
 *
 * <p>Starting points: {@link io.byok.query.feed.LaneFeed}, {@link io.byok.query.feed.Projection}.
 */
@NullMarked
package io.byok.query.feed;

import org.jspecify.annotations.NullMarked;
