/**
 * From the log to Kafka: every event, in order, at least once, the sealed bytes as they lie in the log.
 *
 * <p>{@link io.byok.command.relay.Relay} is the loop; {@code LaneSession} is what makes it the only one and remembers how far
 * it got; {@code Publisher} returns when the brokers have acknowledged.
 */
@NullMarked
package io.byok.command.relay;

import org.jspecify.annotations.NullMarked;
