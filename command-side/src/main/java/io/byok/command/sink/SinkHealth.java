package io.byok.command.sink;

import io.byok.command.store.Recorder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows operators whether the second audit sink writes. Down only when it is required: then nothing is handed out. */
record SinkHealth(Recorder recorder) implements HealthIndicator {

    @Override
    public Health health() {
        if (!(recorder instanceof FileSink file)) {
            return Health.up().withDetail("sinks", "database").build();
        }
        SinkState state = file.state();
        Health.Builder health = (recorder.mayCommit() ? Health.up() : Health.down())
                .withDetail("sinks", "database,file")
                .withDetail("required", file.required())
                .withDetail("file", state.up() ? "writes" : state.why())
                .withDetail("since", state.since().toString())
                .withDetail("position", file.position())
                .withDetail("failures", state.failures());
        return health.build();
    }
}
