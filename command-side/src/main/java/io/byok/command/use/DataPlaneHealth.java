package io.byok.command.use;

import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.ReadinessProbe;
import io.byok.platform.web.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The health paths on the data port; the same probes as on the control port. */
final class DataPlaneHealth {

    private static final byte[] UP = "{\"status\":\"up\"}".getBytes(StandardCharsets.US_ASCII);

    private final List<ReadinessProbe> probes;

    DataPlaneHealth(List<ReadinessProbe> probes) {
        this.probes = List.copyOf(probes);
    }

    Answer answer(String path, String requestId) {
        if (path.equals("/readyz")) {
            for (ReadinessProbe probe : probes) {
                if (!isReady(probe)) {
                    return Answer.of(Problem.of(ProblemCode.NOT_READY, "Missing: " + probe.part() + ".", requestId)
                            .with("Retry-After", "1"));
                }
            }
        }
        return Answer.json(200, UP.clone());
    }

    private static boolean isReady(ReadinessProbe probe) {
        try {
            return probe.isReady();
        } catch (RuntimeException no) {
            return false;
        }
    }
}
