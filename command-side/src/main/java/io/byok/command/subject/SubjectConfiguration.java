package io.byok.command.subject;

import io.byok.command.bus.AggregateShell;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.head.SubjectRefs;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class SubjectConfiguration {

    @Bean
    AggregateShell subjectShell() {
        return new AggregateShell(SubjectAggregate.class);
    }

    @Bean
    SubjectDirectory subjectDirectory(SubjectRefs refs, Commands commands, Ids ids, Clock clock) {
        return new Subjects(refs, commands, ids, clock);
    }
}
