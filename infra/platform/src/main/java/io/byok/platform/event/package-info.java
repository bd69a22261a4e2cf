/**
 * Events outside the domain: their stable names, their JSON, and the sealed form in which they lie in the store and
 * travel through Kafka.
 *
 * <p>Starting points: {@link io.byok.platform.event.EventNames}, {@link io.byok.platform.event.SealedEvent}.
 */
@NullMarked
package io.byok.platform.event;

import org.jspecify.annotations.NullMarked;
