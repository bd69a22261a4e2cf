package io.byok.command.use;

import io.byok.platform.web.problem.Problem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the data plane sends. The body may hold a secret: it is wiped once its bytes are on their way.
 *
 * @param body owned
 */
record Answer(int status, Map<String, String> headers, byte[] body) {

    static Answer json(int status, byte[] body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    static Answer noContent() {
        return new Answer(204, Map.of(), new byte[0]);
    }

    /** The same with one more header. */
    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    static Answer of(Problem problem) {
        Map<String, String> headers = new HashMap<>(problem.headers());
        headers.put("Content-Type", Problem.MEDIA_TYPE);
        return new Answer(problem.status(), headers, problem.json());
    }

    void wipe() {
        Arrays.fill(body, (byte) 0);
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
