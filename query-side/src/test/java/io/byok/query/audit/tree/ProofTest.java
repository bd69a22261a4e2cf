package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.TenantId;
import io.byok.kernel.UseId;
import io.byok.kernel.audit.Checkpoint;
import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Verification;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.audit.BundleVerifier;
import io.byok.platform.audit.Proved;
import io.byok.platform.audit.Unproved;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import io.byok.query.ReadApi;
import io.byok.query.feed.Batch;
import io.byok.query.web.TimeRange;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;

class ProofTest {

    private static final List<String> OLDER = new ArrayList<>();

    private static SignedLedger log;
    private static TenantId tenant;
    private static MockMvc proofs;
    private static MockMvc exports;

    @BeforeAll
    static void begin() {
        log = new SignedLedger(7).grow(200, 50).sign();
        tenant = log.tenant();
        OLDER.add(log.checkpoints.newest(tenant.value()).orElseThrow().getNote());
        log.grow(300, 7).sign().grow(400, 1_000).sign();
        proofs = ReadApi.of(new ProofController(log.proofs));
        exports = ReadApi.of(new ExportController(log.proofs, log.export));
    }

    @AfterAll
    static void end() {
        log.close();
    }

    private static MockHttpServletResponse get(MockMvc api, String path, TenantId as) throws Exception {
        return api.perform(MockMvcRequestBuilders.get(path).header(ReadApi.TENANT, as.text()))
                .andReturn()
                .getResponse();
    }

    private static JsonNode json(String path) throws Exception {
        MockHttpServletResponse answer = get(proofs, path, tenant);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return ReadApi.json(answer.getContentAsString());
    }

    private static long size() {
        return log.checkpoints.newest(tenant.value()).orElseThrow().getSize();
    }

    private static byte[] bytes(JsonNode node, String name) {
        return Base64.getDecoder().decode(node.get(name).asString());
    }

    private static List<byte[]> hashes(JsonNode node) {
        return node.get("hashes")
                .valueStream()
                .map(one -> Base64.getDecoder().decode(one.asString()))
                .toList();
    }

    private static List<Use> uses(TenantId of) {
        List<Use> uses = new ArrayList<>();
        for (StoredEvent stored : log.ledger.history()) {
            if (stored.event().tenant().equals(of)
                    && log.ledger.sealing().open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof UsesRecorded recorded) {
                uses.addAll(recorded.uses());
            }
        }
        return uses;
    }

    @Test
    void every_event_and_every_single_use_has_exactly_one_leaf_in_the_order_of_the_log() {
        for (TenantId one : log.history.tenants()) {
            List<Leaf> leaves = log.ledger
                    .jooq()
                    .select(AUDIT_LEAF.LEAF)
                    .from(AUDIT_LEAF)
                    .where(AUDIT_LEAF.TENANT.eq(one.value()))
                    .orderBy(AUDIT_LEAF.INDEX)
                    .fetch(row -> Leaf.parse(row.value1()));
            assertThat(leaves.stream()
                            .filter(Leaf.OfEvent.class::isInstance)
                            .map(leaf -> ((Leaf.OfEvent) leaf).eventId()))
                    .containsExactlyElementsOf(log.ledger.history().stream()
                            .filter(stored -> stored.event().tenant().equals(one))
                            .map(stored -> stored.event().eventId())
                            .toList());
            assertThat(leaves.stream()
                            .filter(Leaf.OfUse.class::isInstance)
                            .map(leaf -> new UseId(((Leaf.OfUse) leaf).use())))
                    .containsExactlyElementsOf(uses(one).stream().map(Use::id).toList());
        }
        assertThat(log.ledger
                        .jooq()
                        .select(AUDIT_LOG.SIZE)
                        .from(AUDIT_LOG)
                        .where(AUDIT_LOG.TENANT.eq(AuditTrees.PLATFORM))
                        .fetchOne(AUDIT_LOG.SIZE))
                .as("the platform's log has every event of all tenants")
                .isEqualTo(log.ledger.end());
    }

    @Test
    void the_leaf_of_an_event_is_the_same_after_its_key_was_destroyed() {
        Leaves leaves = new Leaves(new MerkleHash(), log.blinds);
        for (StoredEvent stored : log.ledger.history()) {
            Opened clear = log.ledger.sealing().open(stored.event());
            Opened shredded = new Opened.Shredded(stored.event());
            assertThat(leaves.of(new Batch.Entry(stored.position(), shredded))
                            .getFirst()
                            .bytes())
                    .isEqualTo(leaves.of(new Batch.Entry(stored.position(), clear))
                            .getFirst()
                            .bytes());
        }
    }

    @Test
    void a_use_is_proved_to_be_in_a_signed_state_over_http() throws Exception {
        Use use = uses(tenant).getLast();
        JsonNode checkpoint = json("/v1/audit/checkpoint");
        JsonNode proof = json("/v1/audit/proofs/inclusion?useId=" + use.id().text());
        assertThat(proof.get("size").asLong()).isEqualTo(checkpoint.get("size").asLong());
        MerkleHash hash = new MerkleHash();
        assertThat(new Verification(hash)
                        .includes(
                                hash.leaf(bytes(proof, "leaf")),
                                proof.get("index").asLong(),
                                checkpoint.get("size").asLong(),
                                hashes(proof),
                                bytes(checkpoint, "rootHash")))
                .isTrue();
        Leaf.OfUse leaf = (Leaf.OfUse) Leaf.parse(bytes(proof, "leaf"));
        assertThat(leaf.key()).isEqualTo(use.key().value());
        assertThat(leaf.actor()).isEqualTo(use.actor());
        assertThat(leaf.at()).isEqualTo(use.at());
        assertThat(json("/v1/audit/proofs/inclusion?index=" + proof.get("index").asLong()))
                .isEqualTo(proof);
        assertThat(json("/v1/audit/proofs/inclusion?index=0").get("leafHash").asString())
                .isNotEqualTo(proof.get("leafHash").asString());
    }

    @Test
    void a_newer_state_is_proved_to_continue_an_older_one_over_http() throws Exception {
        long from =
                json("/v1/audit/checkpoint?size=" + (size() - 1)).get("size").asLong();
        long to = json("/v1/audit/checkpoint").get("size").asLong();
        assertThat(from).isLessThan(to);
        JsonNode proof = json("/v1/audit/proofs/consistency?from=" + from + "&to=" + to);
        assertThat(new Verification(new MerkleHash())
                        .consistent(from, bytes(proof, "fromRootHash"), to, bytes(proof, "toRootHash"), hashes(proof)))
                .isTrue();
        assertThat(json("/v1/audit/tiles/0/0").get("width").asLong()).isEqualTo(Math.min(256, size()));
    }

    @Test
    void an_export_is_proved_offline_by_the_key_alone() throws Exception {
        for (TenantId one : log.history.tenants()) {
            MockHttpServletResponse answer = get(exports, "/v1/audit/export", one);
            assertThat(answer.getContentType()).startsWith("application/x-ndjson");
            Proved proved = log.verify(one, answer.getContentAsString(UTF_8), null);
            assertThat(proved.first()).isZero();
            assertThat(proved.end()).isEqualTo(proved.size());
            assertThat(proved.uses()).isEqualTo(uses(one).size());
            assertThat(proved.states())
                    .isEqualTo(log.ledger.jooq().fetchCount(AUDIT_CHECKPOINT, AUDIT_CHECKPOINT.TENANT.eq(one.value())));
        }
    }

    @Test
    void a_part_is_proved_and_linked_to_an_older_state_wherever_that_lies() throws Exception {
        String older = OLDER.getFirst();
        long since = Long.parseLong(older.lines().toList().get(1));
        long size = size();
        for (long first : new long[] {0, 1, 5, since - 1, since, since + 1, 255, 256, 257, size - 1, size}) {
            for (long end : new long[] {first, first + 1, since, 256, 511, size}) {
                if (end >= first && end <= size) {
                    ExportRange range = new ExportRange(first, end, new TimeRange(null, null), since, false);
                    Proved proved = log.verify(tenant, log.export(tenant, range), older);
                    assertThat(proved.since()).isEqualTo(since);
                    assertThat(proved.end() - proved.first()).isEqualTo(end - first);
                }
            }
        }
        ExportRange unlinked = new ExportRange(since + 1, size, new TimeRange(null, null), null, false);
        assertThatThrownBy(() -> log.verify(tenant, log.export(tenant, unlinked), older))
                .isInstanceOfSatisfying(
                        Unproved.class, e -> assertThat(e.kind()).isEqualTo(Unproved.Kind.UNLINKED));
    }

    @Test
    void the_words_of_uses_are_proved_when_they_are_asked_for_and_absent_otherwise() {
        ExportRange words = new ExportRange(null, null, new TimeRange(null, null), null, true);
        String bundle = log.export(tenant, words);
        assertThat(bundle.lines()).allMatch(line -> line.startsWith("{\"type\":\"") && line.endsWith("}"));
        assertThat(log.verify(tenant, bundle, null).words())
                .isEqualTo(uses(tenant).size());
        assertThat(log.export(tenant, SignedLedger.ALL)).doesNotContain("chat").doesNotContain("req-");
        assertThatThrownBy(() -> log.verify(tenant, bundle.replaceFirst("\"chat\"", "\"backup\""), null))
                .isInstanceOf(Unproved.class)
                .hasMessageContaining("its words are not those");
    }

    @Test
    void a_range_of_time_is_a_part_without_holes() throws Exception {
        Use use = uses(tenant).get(uses(tenant).size() / 2);
        String answer =
                get(exports, "/v1/audit/export?from=" + use.at(), tenant).getContentAsString(UTF_8);
        Proved proved = log.verify(tenant, answer, null);
        assertThat(proved.first()).isPositive();
        assertThat(proved.end()).isEqualTo(proved.size());
    }

    @Test
    void what_makes_no_sense_is_refused_and_another_tenants_leaf_is_not_found() throws Exception {
        TenantId other = log.history.tenants().getLast();
        String useId = uses(tenant).getFirst().id().text();
        assertThat(get(proofs, "/v1/audit/proofs/inclusion?useId=" + useId, other)
                        .getContentAsString())
                .isEqualTo("leaf-not-found");
        assertThat(get(proofs, "/v1/audit/checkpoint", new TenantId(new UUID(9, 9)))
                        .getContentAsString())
                .isEqualTo("checkpoint-not-found");
        for (String path : List.of(
                "/v1/audit/proofs/inclusion",
                "/v1/audit/proofs/inclusion?index=1&useId=" + useId,
                "/v1/audit/proofs/inclusion?index=-1",
                "/v1/audit/proofs/inclusion?index=01",
                "/v1/audit/proofs/inclusion?eventId=x",
                "/v1/audit/proofs/consistency?from=2&to=1",
                "/v1/audit/proofs/consistency?from=2",
                "/v1/audit/tiles/8/0",
                "/v1/audit/checkpoint?size=x")) {
            assertThat(get(proofs, path, tenant).getContentAsString()).as(path).isEqualTo("parameter-invalid");
        }
        assertThat(get(proofs, "/v1/audit/proofs/inclusion?index=0&size=99999999", tenant)
                        .getContentAsString())
                .isEqualTo("leaf-not-found");
        assertThat(get(exports, "/v1/audit/export?words=maybe", tenant).getContentAsString())
                .isEqualTo("parameter-invalid");
    }

    @Test
    void the_platforms_log_is_proved_and_exported_for_the_operator() throws Exception {
        MockMvc platform = ReadApi.of(new PlatformLogController(log.proofs, log.export));
        JsonNode state = ReadApi.json(
                get(platform, "/v1/platform/audit/checkpoint", tenant).getContentAsString());
        long size = state.get("size").asLong();
        assertThat(size).isEqualTo(log.ledger.end());
        Verification verification = new Verification(new MerkleHash());
        for (long index : new long[] {0, 1, size / 2, size - 1}) {
            JsonNode proof = ReadApi.json(get(platform, "/v1/platform/audit/proofs/inclusion?index=" + index, tenant)
                    .getContentAsString());
            Leaf leaf = Leaf.parse(bytes(proof, "leaf"));
            assertThat(leaf.position()).isEqualTo(index + 1);
            assertThat(verification.includes(
                            bytes(proof, "leafHash"), index, size, hashes(proof), bytes(state, "rootHash")))
                    .isTrue();
        }
        JsonNode consistency =
                ReadApi.json(get(platform, "/v1/platform/audit/proofs/consistency?from=100&to=" + size, tenant)
                        .getContentAsString());
        assertThat(verification.consistent(
                        100, bytes(consistency, "fromRootHash"), size, bytes(state, "rootHash"), hashes(consistency)))
                .isTrue();
        NoteKey key = log.origins.key(AuditTrees.PLATFORM);
        assertThat(get(platform, "/v1/platform/audit/signing-key", tenant).getContentAsString())
                .contains(key.text());
        assertThat(get(platform, "/v1/platform/audit/tiles/0/0", tenant).getStatus())
                .isEqualTo(200);
        for (String range : List.of("", "?firstIndex=77&endIndex=345")) {
            String bundle =
                    get(platform, "/v1/platform/audit/export" + range, tenant).getContentAsString(UTF_8);
            Proved proved = BundleVerifier.verify(new ByteArrayInputStream(bundle.getBytes(UTF_8)), key, null);
            assertThat(proved.size()).isEqualTo(size);
            assertThat(proved.end() - proved.first()).isEqualTo(range.isEmpty() ? size : 345 - 77);
            List<String> lines = new ArrayList<>(bundle.lines().toList());
            assertThat(lines.remove(5)).contains("\"leaf\"");
            assertThatThrownBy(() -> BundleVerifier.verify(
                            new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(UTF_8)), key, null))
                    .isInstanceOf(Unproved.class)
                    .hasMessageEndingWith("it is missing");
        }
    }

    @Test
    void states_bear_a_second_signature_when_it_is_wanted_and_stay_what_they_are_for_everybody_else() throws Exception {
        try (SignedLedger own = new SignedLedger(8).grow(50, 50)) {
            signedTwice(own);
        }
    }

    private static void signedTwice(SignedLedger log) throws Exception {
        CheckpointSigner twice = new CheckpointSigner(log.ledger().keyring(), true);
        Origins origins = new Origins(twice);
        Signing signing = new Signing(log.ledger().jooq(), twice, origins, InstantSource.system());
        UUID tenant = log.tenant().value();
        String note = signing.sign(tenant).orElseThrow().getNote();
        CosignerKey second = origins.mlDsaKey(tenant).orElseThrow();
        NoteKey first = log.key(log.tenant());
        assertThat(SignedNote.open(note, first).flatMap(Checkpoint::parse)).isPresent();
        assertThat(second.cosigned(note)).isPresent();
        assertThat(second.name()).isEqualTo(first.name());
        byte[] bundle = log.export(log.tenant(), SignedLedger.ALL).getBytes(UTF_8);
        assertThat(BundleVerifier.verify(new ByteArrayInputStream(bundle), first, null)
                        .size())
                .isPositive();
        assertThat(BundleVerifier.verify(new ByteArrayInputStream(bundle), first, null, List.of(second))
                        .witnessed())
                .singleElement()
                .satisfies(seen -> assertThat(seen.name()).isEqualTo(first.name()));
        log.grow(200, 50);
        assertThat(log.signing.sign(tenant).orElseThrow().getNote().lines().noneMatch(second::claims))
                .as("the next one goes without it")
                .isTrue();
        assertThat(log.origins.mlDsaKey(tenant)).isEmpty();
    }
}
