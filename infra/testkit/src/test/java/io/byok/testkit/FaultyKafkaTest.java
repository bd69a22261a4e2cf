package io.byok.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class FaultyKafkaTest {

    private static final TopicPartition KEPT = new TopicPartition("kept", 0);

    @Test
    void what_was_acknowledged_before_a_kill_is_there_after_it() throws Exception {
        try (FaultyKafka kafka = FaultyKafka.running()) {
            Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
            try (Admin admin = Admin.create(settings);
                    var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                admin.createTopics(List.of(new NewTopic(KEPT.topic(), Optional.of(1), Optional.empty())))
                        .all()
                        .get();
                producer.send(new ProducerRecord<>(KEPT.topic(), "before")).get();
                kafka.kill();
                kafka.start();
                // The same clients find it again: it is the same broker to them.
                producer.send(new ProducerRecord<>(KEPT.topic(), "after")).get();
                var end = admin.listOffsets(Map.of(KEPT, OffsetSpec.latest()))
                        .partitionResult(KEPT)
                        .get();
                assertThat(end.offset()).isEqualTo(2);
            }
        }
    }
}
