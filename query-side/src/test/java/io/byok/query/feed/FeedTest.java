package io.byok.query.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.query.Ledger;
import io.byok.query.key.KeyReader;
import io.byok.query.key.KeyView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedTest {

    @Test
    void a_key_is_listed_as_its_events_say() throws Exception {
        Instant at = Instant.parse("2026-11-22T12:00:00Z");
        TenantId tenant = new TenantId(UUID.randomUUID());
        SubjectId subject = new SubjectId(UUID.randomUUID());
        KeyId key = new KeyId(UUID.randomUUID());
        try (Ledger ledger = new Ledger();
                RunningFeed feed = new RunningFeed(ledger)) {
            StreamId stream = StreamId.of(key);
            ledger.append(
                    tenant,
                    subject,
                    stream,
                    new KeyAdded(
                            key,
                            "ada",
                            "openai",
                            "production",
                            new KeyLabel("main", null, List.of("eu", "chat")),
                            new KeyPolicy(null, 10, true),
                            "sk-...9fQ2",
                            "0f1e",
                            at));
            ledger.append(
                    tenant, subject, stream, new KeyRotated(key, 2, "sk-...0000", "4b5a", at.plusSeconds(60), at));
            ledger.append(tenant, subject, stream, new KeyDisabled(key, "odd", at.plusSeconds(5)));
            ledger.publish(ledger.history());
            feed.reaches(3);
            KeyView view = new KeyReader(ledger.jooq(), InstantSource.fixed(at), Duration.ofDays(90))
                    .find(tenant, key)
                    .orElseThrow();
            assertThat(view.status()).isEqualTo("disabled");
            assertThat(view.tags()).containsExactly("chat", "eu");
            assertThat(view.versions()).extracting(KeyView.Version::status).containsExactly("active", "retiring");
            assertThat(view.etag()).isEqualTo("\"2\"");
            assertThat(view.rotateBy()).isEqualTo(at.plus(Duration.ofDays(90)));
        }
    }
}
