package io.byok.query.replay;

import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.EventSource;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Redrive;
import io.byok.query.wall.TenantReads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the event store as a source, and replays from it. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {

    @Bean
    EventSource eventStore(DataSource database) {
        return new EventLog(database);
    }

    /** What callers are shown; a replay's own journal writes, and knows no caller. */
    @Bean
    ReplayJournal replayJournal(TenantReads reads) {
        return new ReplayJournal(reads.dsl(), InstantSource.system());
    }

    @Bean
    Replays replays(
            DataSource database,
            EventSource store,
            EventSealing sealing,
            CheckpointSigner signer,
            List<Projector> projectors) {
        ReplayJournal journal = new ReplayJournal(own(database), InstantSource.system(), new SignedReports(signer));
        return new Replays(own(database), database, store, new EventOpener(sealing), projectors, journal);
    }

    /** @param every such as {@code 24h}; nothing for never */
    @Bean(initMethod = "start")
    ReplaySchedule replaySchedule(
            Replays replays, DataSource database, @Value("${byok.replay.schedule:#{null}}") @Nullable Duration every) {
        return new ReplaySchedule(replays, own(database), every, InstantSource.system());
    }

    @Bean
    ParkedRecords parkedRecords(
            DataSource database, EventSource store, EventSealing sealing, List<Projector> projectors) {
        Redrive redrive = new Redrive(own(database), store, new EventOpener(sealing));
        return new ParkedRecords(own(database), database, projectors, redrive, InstantSource.system());
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> interruptedReplays(Replays replays) {
        return _ -> replays.recover();
    }

    // A replay works on several connections at a time, each with its own transaction: never the thread's.
    private static DSLContext own(DataSource database) {
        return DSL.using(database, SQLDialect.POSTGRES);
    }
}
