package io.byok.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.Refusal;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.SealState;
import io.byok.platform.web.ContributedRefusals;
import io.byok.platform.web.page.PageWiring;
import io.byok.query.audit.AuditController;
import io.byok.query.feed.Feed;
import io.byok.query.feed.Projector;
import io.byok.query.key.KeyController;
import io.byok.query.replay.ReplayController;
import io.byok.query.usage.UsageController;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class QuerySideTest {

    @Test
    void the_read_side_stands_on_what_it_says_it_needs(@TempDir Path directory) {
        try (Ledger ledger = new Ledger();
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test",
                            Map.of(
                                    "byok.kafka.bootstrap-servers",
                                    ledger.bootstrapServers(),
                                    "byok.data-dir",
                                    directory.toString())));
            context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
            context.registerBean(DataSource.class, ledger::database);
            context.registerBean(DSLContext.class, ledger::jooq);
            context.registerBean(EventSealing.class, ledger::sealing);
            context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
            context.registerBean(CheckpointSigner.class, () -> new CheckpointSigner(ledger.keyring(), false));
            context.registerBean(SealState.class, () -> SealState.of(() -> {}));
            context.registerBean(LookupHash.class, () -> new LookupHash(ledger.keyring()));
            context.register(QuerySide.class, PageWiring.class);
            context.refresh();
            assertThat(context.getBean(Feed.class).isRunning()).isTrue();
            assertThat(context.getBeanProvider(Projector.class).stream().map(Projector::name))
                    .containsExactlyInAnyOrder("keys", "chains", "usage", "audit");
            for (Class<?> controller : List.of(
                    KeyController.class, UsageController.class, AuditController.class, ReplayController.class)) {
                assertThat(context.getBeanNamesForType(controller)).hasSize(1);
            }
            assertThat(context.getBean(ContributedRefusals.class).refusals())
                    .extracting(Refusal::code)
                    .containsExactly(
                            "key-not-found",
                            "chain-not-found",
                            "checkpoint-not-found",
                            "leaf-not-found",
                            "replay-not-found",
                            "replay-running",
                            "parked-not-found",
                            "parked-needs-rebuild",
                            "parked-not-an-event",
                            "parked-discarded");
        }
    }
}
