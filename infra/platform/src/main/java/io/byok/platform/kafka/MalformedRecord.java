package io.byok.platform.kafka;

import java.io.Serial;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that is no event of ours. Says where it lies and what is wrong, never what it holds. */
public final class MalformedRecord extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MalformedRecord(ConsumerRecord<?, ?> record, String reason) {
        super("record " + record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + reason);
    }
}
