package io.byok.query.audit.witness;

import static io.byok.query.jooq.Tables.AUDIT_COSIGNATURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.audit.BundleVerifier;
import io.byok.platform.audit.Proved;
import io.byok.platform.audit.Unproved;
import io.byok.platform.outbound.Outbound;
import io.byok.platform.outbound.OutboundWiring;
import io.byok.platform.seal.Cosigner;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.witness.TrustedLogs;
import io.byok.platform.witness.Witness;
import io.byok.platform.witness.WitnessServer;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.audit.tree.Forked;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class CosigningTest {

    private final Forked log = new Forked(11);
    private final AnnotationConfigApplicationContext spring =
            new AnnotationConfigApplicationContext(OutboundWiring.class);
    private final List<String> refusals = new ArrayList<>();

    @TempDir
    private Path directory;

    private WitnessServer server;
    private CosignerKey key;

    @BeforeEach
    void start() throws IOException {
        Cosigner cosigner = Cosigner.open(directory.resolve("witness.key"), "auditor", InstantSource.system());
        TrustedLogs trusted = TrustedLogs.parse(log.key().text() + " *");
        key = cosigner.key();
        server = WitnessServer.start(Witness.open(directory, cosigner, () -> trusted), "127.0.0.1", 0, refusals::add);
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        spring.close();
        log.close();
    }

    private WitnessSettings at(int port, String... allowed) {
        return new WitnessSettings(
                List.of(new WitnessSettings.At(URI.create("http://127.0.0.1:" + port + "/"), key.text(), null)),
                List.of(allowed));
    }

    private AskedWitness asked() {
        WitnessCall call = new WitnessCall(spring.getBean(Outbound.class), List.of("127.0.0.1:" + server.port()));
        return new AskedWitness(URI.create("http://127.0.0.1:" + server.port()), key, false, call, log.jooq());
    }

    private AskedWitness.Outcome show() throws Exception {
        return asked().show(log.newest(log.tenant().value()));
    }

    private Proved verify(List<CosignerKey> witnesses) throws IOException {
        return BundleVerifier.verify(
                new ByteArrayInputStream(log.export(log.tenant()).getBytes(UTF_8)),
                log.key(log.tenant()),
                null,
                witnesses);
    }

    private static void eventually(BooleanSupplier what) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!what.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
        }
    }

    @Test
    void a_cosignature_is_kept_served_with_its_state_and_proved_offline() throws Exception {
        assertThatThrownBy(() -> verify(List.of(key)))
                .isInstanceOfSatisfying(
                        Unproved.class, none -> assertThat(none.kind()).isEqualTo(Unproved.Kind.UNLINKED));
        assertThat(show()).isEqualTo(AskedWitness.Outcome.COSIGNED);
        assertThat(key.cosigned(log.note(log.tenant().value()))).isPresent();
        assertThat(verify(List.of(key)).witnessed()).singleElement().satisfies(seen -> {
            assertThat(seen.name()).isEqualTo("auditor");
            assertThat(seen.size()).isEqualTo(log.newest(log.tenant().value()).getSize());
        });
        log.grow();
        assertThat(show()).isEqualTo(AskedWitness.Outcome.COSIGNED);
        assertThat(refusals).isEmpty();
        Cosigner other = Cosigner.open(directory.resolve("other.key"), "other", InstantSource.system());
        assertThatThrownBy(() -> verify(List.of(key, other.key()))).hasMessageContaining("cosigned by other");
    }

    @Test
    void a_cosignature_of_something_else_is_found() throws Exception {
        show();
        String line = log.jooq()
                .select(AUDIT_COSIGNATURE.LINE)
                .from(AUDIT_COSIGNATURE)
                .fetchSingle()
                .value1();
        log.grow();
        AuditCheckpointRecord newest = log.newest(log.tenant().value());
        new Cosignatures(log.jooq()).keep(newest, key.text(), line, Instant.now());
        assertThatThrownBy(() -> verify(List.of(key)))
                .hasMessage(
                        "the cosignature of auditor below the state of " + newest.getSize() + " leaves is not its own");
    }

    @Test
    void a_forked_log_gets_no_cosignature_whoever_holds_its_key() throws Exception {
        assertThat(show()).isEqualTo(AskedWitness.Outcome.COSIGNED);
        log.fork(0);
        assertThat(show()).as("another root of the same size").isEqualTo(AskedWitness.Outcome.CONTRADICTED);
        log.fork(4);
        assertThat(show()).as("a longer one").isEqualTo(AskedWitness.Outcome.CONTRADICTED);
        log.jooq().deleteFrom(AUDIT_COSIGNATURE).execute();
        assertThat(show())
                .as("a longer one, and it forgot what was cosigned")
                .isEqualTo(AskedWitness.Outcome.CONTRADICTED);
        assertThat(log.jooq().fetchCount(AUDIT_COSIGNATURE)).isZero();
    }

    @Test
    void what_the_server_forgot_the_witness_tells_it() throws Exception {
        show();
        log.jooq().deleteFrom(AUDIT_COSIGNATURE).execute();
        log.grow();
        assertThat(show()).isEqualTo(AskedWitness.Outcome.COSIGNED);
        assertThat(refusals).singleElement().asString().startsWith("409 it asked from 0");
    }

    @Test
    void an_address_that_is_not_public_is_called_only_when_the_operator_named_it() {
        Outbound outbound = spring.getBean(Outbound.class);
        WitnessCall unnamed = new WitnessCall(outbound, List.of("127.0.0.1:1"));
        AskedWitness witness =
                new AskedWitness(URI.create("http://127.0.0.1:" + server.port()), key, false, unnamed, log.jooq());
        assertThatThrownBy(() -> witness.show(log.newest(AuditTrees.PLATFORM)))
                .isInstanceOf(WitnessCall.Away.class)
                .hasMessageContaining("not one that");
    }

    @Test
    void a_witness_that_is_away_costs_its_cosignatures_only_and_is_asked_again() throws Exception {
        int port = server.port();
        server.close();
        MeterRegistry registry = new SimpleMeterRegistry();
        Witnesses witnesses = WitnessConfiguration.witnesses(
                log.database(), at(port, "127.0.0.1:" + port), spring.getBean(Outbound.class), registry);
        witnesses.start();
        eventually(() -> witnesses.health().toString().contains("away"));
        assertThat(witnesses.health().getStatus().getCode()).isEqualTo("UP");
        assertThat(registry.get("byok.audit.witness.waiting").gauge().value()).isPositive();
        Cosigner cosigner = Cosigner.open(directory.resolve("witness.key"), "auditor", InstantSource.system());
        TrustedLogs trusted = TrustedLogs.parse(log.key().text() + " *");
        server =
                WitnessServer.start(Witness.open(directory, cosigner, () -> trusted), "127.0.0.1", port, refusals::add);
        eventually(() -> registry.get("byok.audit.witness.waiting").gauge().value() == 0);
        witnesses.stop();
        assertThat(key.cosigned(log.note(AuditTrees.PLATFORM))).isPresent();
        assertThat(key.cosigned(log.note(log.tenant().value()))).isPresent();
        assertThat(witnesses.health().toString()).doesNotContain("away");
    }

    @Test
    void a_witness_that_hangs_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            WitnessCall call =
                    new WitnessCall(spring.getBean(Outbound.class), List.of("127.0.0.1:" + silent.getLocalPort()));
            AskedWitness witness = new AskedWitness(
                    URI.create("http://127.0.0.1:" + silent.getLocalPort()), key, false, call, log.jooq());
            assertThatThrownBy(() -> witness.show(log.newest(AuditTrees.PLATFORM)))
                    .isInstanceOf(WitnessCall.Away.class);
        }
    }

    @Test
    void a_setting_that_names_no_witness_is_refused() {
        WitnessSettings wrong = new WitnessSettings(
                List.of(new WitnessSettings.At(
                        URI.create("http://127.0.0.1:1/"), log.key().text(), null)),
                List.of());
        assertThatThrownBy(() -> WitnessConfiguration.witnesses(
                        log.database(), wrong, spring.getBean(Outbound.class), new SimpleMeterRegistry()))
                .hasMessageStartingWith("byok.audit.witnesses[0].key");
    }
}
