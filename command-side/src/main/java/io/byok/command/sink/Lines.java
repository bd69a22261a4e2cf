package io.byok.command.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.byok.kernel.SubjectId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.platform.audit.EventLeaf;
import io.byok.platform.event.SealedEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;

/**
 * Lines of JSON, gathered and then written at once. An event stands in them as it is stored: ids and numbers in the clear,
 * the rest sealed; and with the hash that is its leaf in the tree, so that each line can be checked by itself.
 */
final class Lines {

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final StringBuilder text = new StringBuilder();
    private final MerkleHash hash = new MerkleHash();

    /** The first line of a file: everything up to {@code after} was committed before it. */
    void opened(long after, Instant at) {
        text.append("{\"type\":\"opened\",\"format\":1,\"after\":").append(after);
        text.append(",\"at\":\"").append(at).append("\"}\n");
    }

    /** @param late whether it was committed before it came here */
    void event(long position, SealedEvent event, boolean late) {
        text.append("{\"type\":\"event\",\"position\":").append(position);
        text.append(",\"eventId\":\"").append(event.eventId());
        text.append("\",\"tenant\":\"").append(event.tenant().value());
        SubjectId subject = event.subject();
        if (subject != null) {
            text.append("\",\"subject\":\"").append(subject.value());
        }
        text.append("\",\"streamType\":").append(event.stream().type().code());
        text.append(",\"stream\":\"").append(event.stream().value());
        text.append("\",\"sequence\":").append(event.sequence());
        text.append(",\"name\":").append(event.name().code());
        text.append(",\"revision\":").append(event.name().revision());
        text.append(",\"at\":\"").append(event.occurredAt());
        text.append("\",\"payload\":\"").append(BASE64.encodeToString(event.payload()));
        text.append("\",\"leaf\":\"")
                .append(BASE64.encodeToString(
                        hash.leaf(EventLeaf.of(position, event, hash).bytes())));
        text.append(late ? "\",\"late\":true}\n" : "\"}\n");
    }

    /** The last events before this line that have these positions are committed. */
    void committed(long from, long through) {
        span("committed", from, through);
    }

    /** The last events before this line that have these positions are not, and others may come to have them. */
    void abandoned(long from, long through) {
        span("abandoned", from, through);
    }

    private void span(String type, long from, long through) {
        text.append("{\"type\":\"").append(type).append("\",\"from\":").append(from);
        text.append(",\"through\":").append(through).append("}\n");
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** What was gathered; nothing is left. */
    ByteBuffer take() {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(US_ASCII));
        text.setLength(0);
        return bytes;
    }
}
