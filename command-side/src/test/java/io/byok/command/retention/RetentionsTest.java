package io.byok.command.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.head.LegalHolds;
import io.byok.command.head.YearOfUses;
import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.Events;
import io.byok.kernel.Envelope;
import io.byok.kernel.HoldId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.UseId;
import io.byok.kernel.hold.HeldScope;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.LookupHash;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years of uses are let go on a real database, with a clock that the test moves. */
class RetentionsTest {

    private static final Provenance BY = Provenance.system("test");
    private static final int DAYS = 2555;
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    @TempDir
    private static Path data;

    private static CommandSideFixture side;

    private TenantId tenant;
    private SealedEvent old;

    @BeforeAll
    static void start() {
        side = new CommandSideFixture(CommandSideFixture.freshDatabase(), data);
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    @BeforeEach
    void uses_of_two_years() {
        tenant = side.get(Ids.class).tenant();
        old = use("2018-06-01T00:00:00Z");
        use("2025-06-01T00:00:00Z");
    }

    private SealedEvent use(String when) {
        Instant at = Instant.parse(when);
        Ids ids = side.get(Ids.class);
        Use use = new Use(
                new UseId(ids.next()),
                ids.key(),
                1,
                ids.subject(),
                "openai",
                "production",
                "user",
                "chat",
                null,
                ids.token().text(),
                "req-1",
                at);
        SealedEvent sealed = side.get(EventSealing.class)
                .seal(new Envelope(
                        ids.next(),
                        tenant,
                        null,
                        new StreamId(StreamType.USE, ids.next()),
                        0,
                        new UsesRecorded(List.of(use), at),
                        BY));
        side.get(Appender.class).append(Events.entry(sealed));
        return sealed;
    }

    private static Retentions at(Instant now) {
        return new Retentions(
                side.get(Commands.class),
                side.get(DSLContext.class),
                side.get(EventLog.class),
                side.get(EventSealing.class),
                new YearOfUses(
                        side.get(DataSource.class),
                        side.get(EventLog.class),
                        side.get(EventSealing.class),
                        side.get(LookupHash.class)),
                DAYS,
                Duration.ofDays(1),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private boolean isReadable() {
        side.get(Keyring.class).close(); // another node's view: nothing unwrapped, nothing named
        return side.get(EventSealing.class).open(old) instanceof Opened.Clear;
    }

    private static long count(String sql, Object... binds) {
        return side.get(DSLContext.class).fetchSingle(sql, binds).get(0, Long.class);
    }

    @Test
    void without_a_policy_nothing_is_let_go_however_old_it_is() {
        at(NOW.plus(Duration.ofDays(36_500))).prune();
        assertThat(isReadable()).isTrue();
    }

    @Test
    void a_policy_lets_a_year_go_once_it_applies_and_keeps_the_hashes_and_the_other_years() {
        at(NOW).set(tenant, DAYS, BY);
        at(NOW.plus(Duration.ofHours(23))).prune();
        assertThat(isReadable()).as("before it applies").isTrue();

        Retentions later = at(NOW.plus(Duration.ofDays(1)));
        assertThat(later.simulate(tenant, DAYS))
                .extracting(DueYear::year, DueYear::due, DueYear::uses)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2018, true, 1L),
                        org.assertj.core.groups.Tuple.tuple(2025, false, 1L));
        later.prune();
        later.prune(); // again changes nothing
        assertThat(isReadable()).isFalse();
        assertThat(later.now(tenant).pruned()).containsExactly(2018);
        assertThat(later.simulate(tenant, DAYS)).extracting(DueYear::year).containsExactly(2025);
        assertThat(count("select count(*) from keyring.tombstone where tenant = ? and kind = 2", tenant.value()))
                .isEqualTo(1);
        assertThat(count("select sum(octet_length(hashes)) from log.pruned_use where tenant = ?", tenant.value()))
                .isEqualTo(32);
    }

    @Test
    void a_policy_that_was_removed_in_time_lets_nothing_go() {
        at(NOW).set(tenant, DAYS, BY);
        at(NOW).remove(tenant, BY);
        at(NOW.plus(Duration.ofDays(2))).prune();
        assertThat(isReadable()).isTrue();
    }

    @Test
    void nobody_keeps_shorter_than_the_operator_does() {
        assertThatThrownBy(() -> at(NOW).set(tenant, DAYS - 1, BY)).isInstanceOf(Rejection.class);
    }

    @Test
    void a_legal_hold_on_any_user_keeps_the_year_until_it_is_lifted() throws Exception {
        at(NOW).set(tenant, DAYS, BY);
        HoldId hold = new HoldId(UUID.randomUUID());
        Retentions later = at(NOW.plus(Duration.ofDays(2)));
        try (Connection connection = side.get(DataSource.class).getConnection()) {
            SubjectId somebody = side.get(Ids.class).subject();
            Instant from = Instant.parse("2018-01-31T00:00:00Z");
            LegalHolds.insert(connection, tenant, hold, new HeldScope(somebody, from, null), 2, NOW);
            later.prune();
            assertThat(isReadable()).isTrue();
            assertThat(later.simulate(tenant, DAYS).getFirst().heldBy()).isEqualTo(hold);
            LegalHolds.update(connection, hold, 4);
        }
        later.prune();
        assertThat(isReadable()).isFalse();
    }
}
