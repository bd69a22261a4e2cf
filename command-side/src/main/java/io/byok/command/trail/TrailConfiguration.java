package io.byok.command.trail;

import io.byok.command.bus.Ids;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.store.Appender;
import io.byok.platform.end.Ending;
import io.byok.platform.event.EventSealing;
import java.time.Clock;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class TrailConfiguration {

    @Bean
    TrailLog trailLog(Appender appender, EventSealing sealing, Ids ids) {
        return new TrailLog(appender, sealing, ids);
    }

    @Bean
    RefusalLog refusalLog(TrailLog log, SubjectDirectory subjects) {
        return new RefusalLog(log, subjects);
    }

    @Bean
    RefusedCommands refusedCommands(RefusalLog log, Clock clock) {
        return new RefusedCommands(log, clock);
    }

    @Bean
    Readings readings(DSLContext jooq, TrailLog log, Clock clock) {
        return new Readings(jooq, log, clock);
    }

    @Bean
    ReplayNotes replayNotes(DSLContext jooq, TrailLog log) {
        return new ReplayNotes(jooq, log);
    }

    @Bean(initMethod = "start")
    TrailTimer trailTimer(RefusedCommands refused, Readings readings, ReplayNotes replays) {
        return new TrailTimer(refused, readings, replays);
    }

    @Bean
    Ending trailEnding(TrailTimer timer, RefusalLog log) {
        return new Ending(Ending.Step.WRITE, () -> {
            timer.end();
            log.close();
        });
    }
}
