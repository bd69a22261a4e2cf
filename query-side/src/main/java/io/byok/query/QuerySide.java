package io.byok.query;

import io.byok.kernel.Refusal;
import io.byok.kernel.chain.ChainNotFound;
import io.byok.kernel.key.KeyNotFound;
import io.byok.platform.web.ContributedRefusals;
import io.byok.query.audit.tree.AuditRefusal;
import io.byok.query.replay.ParkedRefusal;
import io.byok.query.replay.ReplayRefusal;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * The whole read side. Needs a {@code DataSource}, a {@code DSLContext}, a {@code MeterRegistry}, an
 * {@link io.byok.platform.event.EventSealing}, a {@link io.byok.platform.web.page.CursorKey}, and
 * {@code byok.kafka.bootstrap-servers}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class QuerySide {

    /** Every "no" of this side. */
    public static final List<Refusal> REFUSALS = Stream.<Refusal[]>of(
                    KeyNotFound.values(),
                    ChainNotFound.values(),
                    AuditRefusal.values(),
                    ReplayRefusal.values(),
                    ParkedRefusal.values())
            .flatMap(Stream::of)
            .toList();

    @Bean
    ContributedRefusals readRefusals() {
        return new ContributedRefusals(REFUSALS);
    }
}
