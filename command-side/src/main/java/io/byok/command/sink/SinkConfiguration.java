package io.byok.command.sink;

import io.byok.command.store.EventLog;
import io.byok.command.store.Recorder;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.web.ReadinessProbe;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Wires the second audit sink, when the settings name one. */
@Configuration(proxyBeanMethods = false)
class SinkConfiguration {

    /** Longer than any sound disk, shorter than any caller's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** @param required whether nothing is handed out, and nothing else committed, without it */
    @Bean
    @DependsOnDatabaseInitialization
    Recorder recorder(
            EventLog log,
            Clock clock,
            @Value("${byok.audit.sinks:database}") String sinks,
            @Value("${byok.audit.sink.directory:${byok.data-dir:.byok}/audit-sink}") Path directory,
            @Value("${byok.audit.sink.required:true}") boolean required,
            @Value("${byok.audit.sink.segment:64MB}") DataSize segment) {
        if (!Sinks.parse(sinks).contains(Sinks.FILE)) {
            return Recorder.NONE;
        }
        try {
            SegmentWriter writer = new SegmentWriter(new DirectorySegments(directory), segment.toBytes(), clock);
            return new FileSink(writer, new Committed(log), required, PATIENCE, clock);
        } catch (IOException e) {
            throw new IllegalStateException("the audit sink cannot write to byok.audit.sink.directory, " + directory);
        }
    }

    private record Committed(EventLog log) implements History {

        @Override
        public long lastPosition() {
            return log.lastPosition();
        }

        @Override
        public List<StoredEvent> after(long position, int limit) {
            return log.after(position, limit);
        }
    }

    @Bean
    HealthIndicator auditSinkHealthIndicator(Recorder recorder) {
        return new SinkHealth(recorder);
    }

    @Bean
    ReadinessProbe auditSinkProbe(Recorder recorder) {
        return new ReadinessProbe() {
            @Override
            public String part() {
                return "audit-sink";
            }

            @Override
            public boolean isReady() {
                return recorder.mayCommit();
            }
        };
    }

    @Bean
    MeterBinder auditSinkMetrics(Recorder recorder) {
        return registry -> {
            if (recorder instanceof FileSink file) {
                Gauge.builder("byok.audit.sink.up", file, sink -> sink.state().up() ? 1 : 0)
                        .description("whether the second audit sink writes")
                        .register(registry);
                Gauge.builder("byok.audit.sink.position", file, FileSink::position)
                        .description("up to which position everything of this node is in the second audit sink")
                        .register(registry);
                FunctionCounter.builder(
                                "byok.audit.sink.failures",
                                file,
                                sink -> sink.state().failures())
                        .description("how often the second audit sink went down")
                        .register(registry);
            }
        };
    }
}
