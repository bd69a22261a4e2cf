package io.byok.platform.outbound;

import java.util.List;
import java.util.Map;

/**
 * What came back. Not to be trusted, kept or shown: it may repeat what was sent.
 *
 * @param body at most as long as was asked for, cut off otherwise
 */
public record OutboundAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    @Override
    public String toString() {
        return "OutboundAnswer[" + status + "]";
    }
}
