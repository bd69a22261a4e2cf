package io.byok.command.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.erase.domain.TenantErasureCommand.RequestTenantErasure;
import io.byok.command.head.LegalHolds;
import io.byok.command.head.YearOfUses;
import io.byok.command.key.KeyFixture;
import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.Events;
import io.byok.command.tenant.Tenants;
import io.byok.command.tenant.domain.Tenant;
import io.byok.kernel.Envelope;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.UseId;
import io.byok.kernel.hold.HeldScope;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.seal.KeyNode;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.seal.SignedNote;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Erasures of tenants on a real database, step by step and killed between any two. */
class TenantErasureSagaTest {

    private static final Provenance BY = Provenance.system("test");

    @TempDir
    private static Path data;

    private static CommandSideFixture side;
    private static TenantId operator;

    @BeforeAll
    static void start() {
        side = new CommandSideFixture(CommandSideFixture.freshDatabase(), data);
        operator = tenant("operator");
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static TenantId tenant(String name) {
        return ((Tenant.Active) side.get(Tenants.class).create(name, BY).state()).id();
    }

    /** With a key, a credential and a use; suspended. */
    private static TenantId leaver(String name) {
        TenantId tenant = tenant(name);
        new KeyFixture(side, tenant).add("somebody", "secret");
        use(tenant);
        side.get(Tenants.class).suspend(tenant, null, BY);
        return tenant;
    }

    private static void use(TenantId tenant) {
        Ids ids = side.get(Ids.class);
        Instant at = now();
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
        StreamId stream = new StreamId(StreamType.USE, ids.next());
        side.get(Appender.class)
                .append(Events.entry(side.get(EventSealing.class)
                        .seal(new Envelope(
                                ids.next(), tenant, null, stream, 0, new UsesRecorded(List.of(use), at), BY))));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static TenantErasureSaga saga(Consumer<String> reached) {
        EventLog log = side.get(EventLog.class);
        EventSealing sealing = side.get(EventSealing.class);
        return new TenantErasureSaga(
                side.get(TenantErasureHeads.class),
                side.get(TenantErasures.class),
                side.get(DSLContext.class),
                new YearOfUses(side.get(DataSource.class), log, sealing, side.get(LookupHash.class)),
                log,
                sealing,
                new Stores(side.get(DataSource.class), log),
                side.get(PlatformSigner.class),
                Duration.ofDays(60),
                Clock.systemUTC(),
                reached);
    }

    private static TenantErasureId request(TenantId tenant) {
        TenantErasureId id = TenantErasureId.of(tenant);
        side.get(TenantErasures.class)
                .request(operator, new RequestTenantErasure(id, "left us", "contract ended", now()), BY);
        return id;
    }

    private static void everythingIsInKafka() {
        side.get(DSLContext.class).execute("update log.relay set position = (select max(position) from log.event)");
    }

    private static long count(String sql, Object... binds) {
        return side.get(DSLContext.class).fetchSingle(sql, binds).get(0, Long.class);
    }

    private static long keys(TenantId tenant) {
        return count("select count(*) from keyring.tenant_kek where tenant = ?", tenant.value())
                + count("select count(*) from keyring.data_key where tenant = ?", tenant.value())
                + count("select count(*) from vault.credential_key where tenant = ?", tenant.value())
                + count("select count(*) from vault.credential where tenant = ?", tenant.value());
    }

    private static void refuses(String code, Runnable deed) {
        assertThatThrownBy(deed::run)
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.refusal().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"requested", "kept", "counted", "destroyed", "acknowledged", "signed", "concluded"})
    void a_process_that_dies_anywhere_leaves_no_tenant_half_erased_and_the_next_one_ends_it(String place) {
        TenantId tenant = leaver("killed-" + place);
        long before = keys(tenant);
        assertThat(before)
                .as("2 of the tenant, subjects, uses, hashes, a credential")
                .isGreaterThanOrEqualTo(8);
        TenantErasureId id = request(tenant);
        TenantErasureSaga dying = saga(reached -> {
            if (reached.equals(place)) {
                throw new Killed();
            }
        });
        assertThatThrownBy(() -> {
                    for (int look = 0; look < 5; look++) {
                        dying.advance();
                        everythingIsInKafka();
                    }
                })
                .isInstanceOf(Killed.class);
        boolean requested = count("select status from head.tenant_erasure where erasure = ?", id.value()) == 1;
        assertThat(keys(tenant)).isEqualTo(requested ? before : 0);

        TenantErasureSaga next = saga(reached -> {});
        next.advance();
        everythingIsInKafka();
        next.advance();
        TenantErasureHeads.Head head =
                side.get(TenantErasureHeads.class).find(id).orElseThrow();
        assertThat(head.status()).isEqualTo(ErasureStatus.ERASED);
        assertThat(keys(tenant)).isZero();
        assertThat(count("select count(*) from log.event where stream = ?", id.value()))
                .as("each step once")
                .isEqualTo(3);
        assertThat(count("select count(*) from log.pruned_use where tenant = ?", tenant.value()))
                .as("hashes of the leaves of its uses")
                .isEqualTo(1);
        assertThat(SignedNote.open(
                        String.valueOf(head.certificate()),
                        side.get(PlatformSigner.class).key(ErasureSaga.SIGNER)))
                .isPresent();
    }

    @Test
    void what_the_tenant_wrote_is_shredded_byte_for_byte_and_it_never_gets_a_key_again() {
        TenantId tenant = leaver("shredded");
        TenantId other = leaver("not-shredded");
        List<SealedEvent> before = events(tenant);
        assertThat(before)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(event -> assertThat(open(event)).isInstanceOf(Opened.Clear.class));
        request(tenant);
        saga(reached -> {}).advance();
        side.get(Keyring.class).close(); // another node's view
        List<SealedEvent> after = events(tenant);
        assertThat(after)
                .hasSameSizeAs(before)
                .allSatisfy(event -> assertThat(open(event)).isInstanceOf(Opened.Shredded.class));
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).payload()).isEqualTo(before.get(i).payload());
        }
        assertThat(events(other)).allSatisfy(event -> assertThat(open(event)).isInstanceOf(Opened.Clear.class));
        for (String chain : List.of("1", "2")) {
            assertThatThrownBy(() -> side.get(DSLContext.class)
                            .execute(
                                    "insert into keyring.tenant_kek (kek, version, tenant, chain, root, root_version, wrapped)"
                                            + " select gen_random_uuid(), 1, ?, ?::smallint, root, root_version, wrapped"
                                            + " from keyring.tenant_kek limit 1",
                                    tenant.value(),
                                    chain))
                    .rootCause()
                    .hasMessageContaining("the tenant is erased");
        }
        refuses("tenant-erased", () -> use(tenant));
    }

    private static List<SealedEvent> events(TenantId tenant) {
        return side.get(EventLog.class).after(0, 100_000).stream()
                .map(stored -> stored.event())
                .filter(event -> event.tenant().equals(tenant))
                .toList();
    }

    private static Opened open(SealedEvent event) {
        return side.get(EventSealing.class).open(event);
    }

    @Test
    void nodes_forget_what_they_had_unwrapped_before_they_say_so() throws InterruptedException {
        TenantId tenant = leaver("cached");
        try (KeyNode node = side.get(KeyNode.class)) {
            assertThat(node).isNotNull();
            assertThat(events(tenant))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(open(event)).isInstanceOf(Opened.Clear.class));
            TenantErasureId id = request(tenant);
            TenantErasureSaga saga = saga(reached -> {});
            saga.advance();
            everythingIsInKafka();
            for (int look = 0; look < 600 && status(id) != ErasureStatus.ERASED; look++) {
                Thread.sleep(50);
                saga.advance();
            }
            assertThat(status(id)).isEqualTo(ErasureStatus.ERASED);
            assertThat(events(tenant))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(open(event)).isInstanceOf(Opened.Shredded.class));
        }
    }

    private static ErasureStatus status(TenantErasureId id) {
        return side.get(TenantErasureHeads.class).find(id).orElseThrow().status();
    }

    @Test
    void from_the_request_on_nothing_is_written_that_is_the_tenants() {
        TenantId tenant = leaver("closed");
        request(tenant);
        refuses("tenant-erased", () -> side.get(Tenants.class).resume(tenant, null, BY));
        refuses("tenant-erased", () -> use(tenant));
        assertThat(keys(tenant)).as("and nothing is destroyed yet").isPositive();
    }

    @Test
    void one_that_is_active_or_held_or_operates_is_not_erased() throws Exception {
        TenantId active = tenant("active");
        refuses("tenant-not-suspended", () -> request(active));
        TenantId held = leaver("held");
        try (Connection connection = side.get(DataSource.class).getConnection()) {
            LegalHolds.insert(connection, held, side.get(Ids.class).hold(), new HeldScope(null, null, null), 2, now());
        }
        refuses("tenant-legal-hold", () -> request(held));
        TenantId operates = leaver("operates");
        side.get(DSLContext.class)
                .execute(
                        "insert into keyring.rotation (id, level, moves, operator, actor)"
                                + " values (gen_random_uuid(), 'tenant', false, ?, 'x')",
                        operates.value());
        refuses("tenant-operates", () -> request(operates));
        refuses("tenant-not-found", () -> request(side.get(Ids.class).tenant()));
        assertThat(count(
                        "select count(*) from head.tenant_erasure where tenant in (?, ?, ?)",
                        active.value(),
                        held.value(),
                        operates.value()))
                .isZero();
    }

    @Test
    void keys_that_were_wrapped_anew_since_they_were_counted_are_counted_again() {
        TenantId tenant = leaver("rewrapped");
        TenantErasureId id = request(tenant);
        saga(reached -> {
                    if (reached.equals("counted")) {
                        // What a rotation does, at the worst moment.
                        side.get(DSLContext.class)
                                .execute(
                                        "update vault.credential_key set wrapped = wrapped || '\\x00' where tenant = ?",
                                        tenant.value());
                    }
                })
                .advance();
        assertThat(keys(tenant)).isPositive();
        saga(reached -> {}).advance();
        assertThat(keys(tenant)).isZero();
        assertThat(request(tenant)).as("asked again it is the same").isEqualTo(id);
        assertThat(count("select count(*) from log.event where stream = ?", id.value()))
                .isEqualTo(2);
    }
}
