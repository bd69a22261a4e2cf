package io.byok.query.feed;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.query.Ledger;
import io.byok.query.QueryTestParts;
import io.byok.query.SampleHistory;
import io.byok.testkit.FaultyKafka;
import io.byok.testkit.FaultyPostgres;
import org.junit.jupiter.api.Test;

class FeedOutageTest {

    @Test
    void the_feed_goes_on_by_itself_when_its_database_comes_back() throws Exception {
        try (FaultyPostgres postgres = FaultyPostgres.running();
                Ledger ledger = new Ledger(Ledger.migrated(postgres.database()))) {
            SampleHistory history = new SampleHistory(ledger, 1).grow(100);
            try (RunningFeed feed = new RunningFeed(ledger)) {
                ledger.publish(ledger.history());
                feed.reaches(ledger.end());
                int before = ledger.history().size();
                history.grow(100);
                postgres.kill();
                ledger.publish(ledger.history().subList(before, ledger.history().size()));
                postgres.start();
                feed.reaches(ledger.end());
                assertThat(ledger.jooq()
                                .selectDistinct(AUDIT_EVENT.POSITION)
                                .from(AUDIT_EVENT)
                                .fetch())
                        .hasSize((int) ledger.end());
            }
        }
    }

    @Test
    void the_feed_goes_on_by_itself_when_kafka_comes_back() throws Exception {
        try (FaultyKafka kafka = FaultyKafka.running();
                Ledger ledger = new Ledger(kafka.bootstrapServers())) {
            SampleHistory history = new SampleHistory(ledger, 1).grow(100);
            try (RunningFeed feed = new RunningFeed(ledger, QueryTestParts.projectors())) {
                ledger.publish(ledger.history());
                feed.reaches(ledger.end());
                kafka.kill();
                int before = ledger.history().size();
                history.grow(100);
                kafka.start();
                ledger.publish(ledger.history().subList(before, ledger.history().size()));
                feed.reaches(ledger.end());
            }
        }
    }
}
