/**
 * Kafka as both sides speak it: the topic of sealed events ({@link io.byok.platform.kafka.EventTopic}) and how an event
 * looks as a record ({@link io.byok.platform.kafka.EventRecords}).
 */
@NullMarked
package io.byok.platform.kafka;

import org.jspecify.annotations.NullMarked;
