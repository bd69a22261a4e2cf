package io.byok.platform.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic that somebody else wrote to: each line is a header, the last the payload. */
class RecordFuzzTest {

    @FuzzTest
    void headers(byte[] lines) {
        List<String> headers = new String(lines, UTF_8).lines().toList();
        byte[] value = headers.isEmpty() ? null : headers.getLast().getBytes(UTF_8);
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("topic", 0, 0, new byte[0], value);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                record.headers()
                        .add(
                                header.substring(0, colon),
                                header.substring(colon + 1).getBytes(UTF_8));
            }
        }
        try {
            assertThat(EventRecords.fromRecord(record).position()).isNotNegative();
        } catch (MalformedRecord refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
