package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.e2e.Population.Person;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.platform.audit.BundleVerifier;
import io.byok.platform.audit.Proved;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** P7 for whole tenants, on two nodes: one leaves with everything it has, the others notice nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantEraseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BASIS = "\"reason\":\"left us\",\"legalBasis\":\"contract ended\"}";
    private static final String HASHES =
            "select position || ' ' || encode(sha256(payload), 'hex') from log.event where position <= ";

    /** Tables in which rows of an erased tenant stay, and why: docs/erasure.md says it, too. */
    private static final Map<String, String> STAYS = Map.ofEntries(
            Map.entry("log.event", "sealed, and nobody opens it"),
            Map.entry("log.pruned_use", "hashes of leaves, of which the trees are made"),
            Map.entry("head.tenant_erasure", "its erasure"),
            Map.entry("head.erasure", "certificates of its end users, by random ids"),
            Map.entry("keyring.tombstone", "what was destroyed"),
            Map.entry("keyring.kek_tombstone", "what was destroyed"),
            Map.entry("access.suspended_tenant", "whoever claims to come from it comes from nowhere"),
            Map.entry("view.audit_event", "that something happened, and nothing else"),
            Map.entry("view.audit_log", "the tree"),
            Map.entry("view.audit_leaf", "the tree"),
            Map.entry("view.audit_tile", "the tree"),
            Map.entry("view.audit_checkpoint", "its signed states"),
            Map.entry("view.audit_cosignature", "its signed states"));

    private final World world = World.fresh();
    private final Database database = world.database();
    private final Server first = Server.in(world);
    private final Server second = Server.in(world);
    private final Api operator = first.control();
    private final Api other = second.anonymous().token(first.firstToken());
    private final Canary canary = new Canary();
    private final String name = "leaver" + UUID.randomUUID();

    private String id = "";
    private String token = "";
    private UUID tenant = new UUID(0, 0);
    private Api leaver = operator;
    private Api stayer = operator;
    private List<Person> kept = List.of();
    private Person person = new Person("", "", "", "");
    private Map<String, List<String>> before = Map.of();
    private List<String> hashes = List.of();
    private List<String> trees = List.of();
    private long position;
    private Answer erasure = operator.get("/livez");
    private String certificate = "";
    private String signed = "";

    private record Made(String id, String token, Api api) {}

    private Made made(String called) {
        Answer answer = operator.post("/v1/tenants", "{\"name\":\"%s\"}".formatted(called))
                .expect(201);
        return new Made(answer.string("/id"), answer.string("/token"), operator.token(answer.string("/token")));
    }

    @BeforeAll
    void one_of_two_tenants_is_erased() throws Exception {
        Made leaving = made(name);
        id = leaving.id();
        token = leaving.token();
        tenant = TenantId.parse(id).orElseThrow().value();
        leaver = leaving.api();
        stayer = made("stayer").api();
        Population population = Population.of(8, leaver);
        person = population.people().getFirst();
        kept = Population.of(4, stayer).people();
        leaver.post(
                        "/v1/system-keys",
                        Credentials.add("openai", Credentials.openai(), "\"alias\":\"" + person.alias() + "\","))
                .expect(201);
        leaver.post("/v1/users/" + person.id() + "/erase", Credentials.ERASE).expect(202);
        leaver.get("/v1/audit/events").expect(200);
        position = database.lastPosition();
        stayer.since(position).get("/v1/keys").expect(200);
        canary.watch(name);
        population.people().forEach(one -> {
            canary.watch(one.id());
            canary.watch(one.alias());
        });
        assertThat(found()).as("they can be found as long as they are there").isNotEmpty();
        before = Population.holdings(database, stayer, kept);

        erase(operator).expect(409, "tenant-not-suspended");
        operator.post("/v1/tenants/" + id + "/suspend", "{}").expect(200);
        operator.post("/v1/tenants/" + id + "/erase", "{\"name\":\"stayer\"," + BASIS)
                .expect(422, "field-invalid");
        Eventually.get(
                PATIENCE,
                () -> database.number("select count(*) from head.erasure where status = 3"),
                over -> over == 1);
        Eventually.get(
                PATIENCE,
                () -> database.number("select count(*) from log.reading where times > written"),
                untold -> untold == 0);
        position = database.lastPosition();
        stayer.since(position).get("/v1/audit/events").expect(200);
        signed = Eventually.get(
                        PATIENCE, () -> operator.get("/v1/platform/audit/checkpoint"), answer -> answer.status() == 200)
                .string("/note");
        trees = trees();
        hashes = database.rows(HASHES + position + " order by position");
        erasure = erase(operator).expect(202);
        assertThat(leaver.get("/v1/keys").status())
                .as("nothing is served from the answer on")
                .isIn(401, 403);
        certificate = over(erasure.string("/id"));
    }

    @AfterAll
    void stop() {
        second.close();
        first.close();
        world.close();
    }

    private Answer erase(Api by) {
        return by.post("/v1/tenants/" + id + "/erase", "{\"name\":\"" + name + "\"," + BASIS);
    }

    private String over(String erasureId) {
        String path = "/v1/tenant-erasures/" + erasureId;
        Eventually.get(
                PATIENCE,
                () -> other.get(path).expect(200),
                answer -> answer.string("/status").equals("erased"));
        return other.get(path + "/certificate").expect(200).text();
    }

    private List<String> trees() {
        return database.rows("select size || ' ' || encode(edge, 'hex') from view.audit_log where tenant = '" + tenant
                + "' union all select index || ' ' || encode(hashes, 'hex') from view.audit_tile where tenant = '"
                + tenant + "' and level = 0 order by 1");
    }

    private List<String> found() throws Exception {
        DatabaseDump dump = DatabaseDump.of(database.access());
        List<String> found = new ArrayList<>(canary.in("database", dump.asText()));
        found.addAll(canary.in("database, bytes", dump.asBytes()));
        ByteArrayOutputStream kafka = new ByteArrayOutputStream();
        for (StoredEvent record : Aftermath.records(world.kafka().bootstrapServers())) {
            kafka.writeBytes(record.event().toString().getBytes(UTF_8));
            kafka.writeBytes(record.event().payload());
        }
        found.addAll(canary.in("kafka", kafka.toByteArray()));
        found.addAll(canary.below(first.data()));
        found.addAll(canary.below(second.data()));
        return found;
    }

    @Test
    void P7_neither_its_name_nor_a_users_id_nor_a_label_is_found_anywhere() throws Exception {
        assertThat(found()).isEmpty();
    }

    @Test
    void P8_none_of_its_tokens_opens_anything_on_any_node_or_plane() {
        String resolve = Credentials.resolve(person.id(), "openai");
        for (Api node : List.of(first.anonymous(), second.anonymous())) {
            node.token(token).get("/v1/keys").expect(401, "token-invalid");
            node.token(token).post("/v1/resolve", resolve).expect(401, "token-invalid");
        }
        for (Server node : List.of(first, second)) {
            node.dataPlaneAs(token).post("/v1/resolve", resolve).expect(401, "token-invalid");
        }
    }

    @Test
    void P7_no_key_that_is_left_opens_anything_of_it() {
        // The key id in the header of each sealed event: in the clear, bytes 7 to 22.
        String named = "substr(e.payload, 7, 16) = uuid_send(%s.data_key)";
        String events = "log.event e where e.tenant = '" + tenant + "'";
        assertThat(database.number("select count(*) from " + events)).isGreaterThan(30);
        assertThat(database.number("select count(*) from " + events
                        + " and exists (select from keyring.data_key k where " + named.formatted("k") + ")"))
                .isZero();
        assertThat(database.number("select count(*) from " + events
                        + " and not exists (select from keyring.tombstone t where " + named.formatted("t") + ")"))
                .as("events whose key has no tombstone")
                .isZero();
        assertThat(database.number("select count(*) from keyring.kek_tombstone where tenant = '" + tenant + "'"))
                .as("of both chains")
                .isEqualTo(2);
    }

    /** A feature that keeps something of tenants, and forgets to forget it, is found here. */
    @Test
    void P7_its_rows_stand_only_where_it_is_said_that_they_do() {
        List<String> tables = database.rows("select n.nspname || '.' || c.relname from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid"
                + " where c.relkind in ('r', 'p') and c.relpersistence <> 't' and not c.relispartition and a.attname = 'tenant'"
                + " and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema')");
        assertThat(tables).hasSizeGreaterThan(25);
        assertThat(tables.stream()
                        .filter(table ->
                                database.number("select count(*) from " + table + " where tenant = '" + tenant + "'")
                                        > 0)
                        .collect(Collectors.toSet()))
                .isSubsetOf(STAYS.keySet())
                .contains("log.event", "keyring.tombstone", "view.audit_leaf");
        assertThat(database.number("select count(*) from view.audit_event where tenant = '" + tenant
                        + "' and (outcome <> 'erased' or actor is not null or reason is not null or details <> '{}')"))
                .isZero();
    }

    @Test
    void P6_no_byte_of_the_sealed_history_has_changed_and_its_tree_is_what_was_signed() {
        assertThat(database.rows(HASHES + position + " order by position")).isEqualTo(hashes);
        assertThat(trees()).isEqualTo(trees).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void P5_the_others_have_what_they_had_and_replays_agree() {
        assertThat(Population.holdings(database, stayer, kept)).isEqualTo(before);
        for (String mode : List.of("verify", "rebuild")) {
            Answer replayed = Replays.run(operator, "all", mode);
            assertThat(replayed.at("/equal").asBoolean()).as(replayed.text()).isTrue();
        }
        assertThat(trees()).isEqualTo(trees);
        assertThat(Population.holdings(database, stayer, kept)).isEqualTo(before);
    }

    @Test
    void P6_the_platforms_log_still_verifies_offline_and_continues_the_state_of_before() throws Exception {
        NoteKey key = NoteKey.parse(operator.get("/v1/platform/audit/signing-key")
                        .expect(200)
                        .string("/key"))
                .orElseThrow();
        Eventually.get(
                PATIENCE,
                () -> operator.get("/v1/platform/audit/checkpoint"),
                answer -> answer.status() == 200 && answer.at("/size").asLong() > position);
        String export = operator.get("/v1/platform/audit/export?since="
                        + signed.lines().skip(1).findFirst().orElseThrow())
                .expect(200)
                .text();
        Proved proved = BundleVerifier.verify(new ByteArrayInputStream(export.getBytes(UTF_8)), key, signed);
        assertThat(proved.first()).isZero();
        assertThat(proved.end()).isEqualTo(proved.size()).isGreaterThan(position);
        assertThat(proved.since()).isNotNull();
    }

    private static int tool(String... words) throws Exception {
        return ServerJvm.tool(List.of(words)).waitFor();
    }

    @Test
    void the_operators_audit_tells_of_it() {
        for (String action : List.of("tenant-erasure-requested", "tenant-keys-destroyed", "tenant-erased")) {
            assertThat(operator.since(database.lastPosition())
                            .get("/v1/audit/events?limit=100&action=" + action)
                            .expect(200)
                            .text())
                    .contains(id);
        }
        assertThat(operator.get("/v1/audit/events?action=tenant-erasure-requested")
                        .expect(200)
                        .text())
                .contains("left us");
    }

    @Test
    void asked_again_it_is_the_same_and_its_name_is_free_for_somebody_new() {
        Answer again = erase(other).expect(202);
        assertThat(again.string("/id")).isEqualTo(erasure.string("/id"));
        assertThat(again.header("Location")).isEqualTo("/v1/tenant-erasures/" + again.string("/id"));
        assertThat(again.string("/status")).isEqualTo("erased");
        operator.post("/v1/tenants/" + id + "/resume", "{}").expect(404, "tenant-not-found");
        assertThat(operator.get("/v1/tenants").expect(200).each("/data", "id")).doesNotContain(id);
        assertThat(operator.get("/v1/tenant-erasures").expect(200).each("/data", "tenant"))
                .contains(id);
        assertThat(made("again-" + name.substring(0, 20)).id()).isNotEqualTo(id);
    }

    @Test
    void the_certificate_verifies_and_its_hash_is_that_of_the_tombstones(@TempDir Path directory) throws Exception {
        NoteKey key = NoteKey.parse(operator.anonymous()
                        .get("/v1/erasures/signing-key")
                        .expect(200)
                        .string("/key"))
                .orElseThrow();
        String text = SignedNote.open(certificate, key).orElseThrow();
        assertThat(text)
                .contains("acknowledged vault", "acknowledged kafka", "acknowledged read-model/audit")
                .contains("acknowledged node/", "\ntenant " + id + "\n");
        MessageDigest lines = MessageDigest.getInstance("SHA-256");
        List<String> rows = database.rows("select 'data-key ' || case kind when 1 then 'subject' when 2 then 'audit'"
                + " when 3 then 'lookup' else 'credential' end || ' ' || data_key || ' ' || version || ' '"
                + " || encode(wrap_hash, 'hex') || E'\\n' from keyring.tombstone where legal_basis = 'contract ended'"
                + " and tenant = '" + tenant + "' order by kind, data_key, version");
        rows.forEach(row -> lines.update(row.getBytes(UTF_8)));
        assertThat(text)
                .contains("\ndata-keys " + rows.size() + "\n")
                .contains("\ntombstones " + HexFormat.of().formatHex(lines.digest()) + "\n");
        Path file = Files.writeString(directory.resolve("certificate"), certificate);
        assertThat(tool("erase", "verify", file.toString(), "--key", key.text()))
                .isZero();
        Files.writeString(file, certificate.replaceFirst("credentials ", "credentials 1"));
        assertThat(tool("erase", "verify", file.toString(), "--key", key.text()))
                .isEqualTo(1);
    }

    @Test
    void the_own_tenant_and_an_unknown_one_are_refused_and_so_is_who_may_not() {
        String mine = operator.get("/v1/tenants").expect(200).at("/data").values().stream()
                .filter(row -> row.path("name").asString().equals("default"))
                .map(row -> row.path("id").asString())
                .findFirst()
                .orElseThrow();
        operator.post("/v1/tenants/" + mine + "/erase", "{\"name\":\"default\"," + BASIS)
                .expect(409, "tenant-own");
        operator.post("/v1/tenants/" + new TenantId(UUID.randomUUID()) + "/erase", "{\"name\":\"default\"," + BASIS)
                .expect(404, "tenant-not-found");
        stayer.post("/v1/tenants/" + mine + "/erase", "{\"name\":\"default\"," + BASIS)
                .expect(403, "scope-missing");
        operator.get("/v1/tenant-erasures/nonsense").expect(404, "tenant-erasure-not-found");
    }

    @Test
    void a_legal_hold_stops_it_until_it_was_lifted() {
        Made held = made("held");
        String partner = held.api()
                .post("/v1/api-tokens", "{\"name\":\"p\",\"scopes\":[\"holds:write\"]}")
                .expect(201)
                .string("/token");
        String hold = "/v1/legal-holds/"
                + held.api()
                        .post("/v1/legal-holds", "{\"reason\":\"case 17\"}")
                        .expect(201)
                        .string("/id");
        held.api().token(partner).post(hold + "/confirm").expect(200);
        operator.post("/v1/tenants/" + held.id() + "/suspend", "{}").expect(200);
        operator.post("/v1/tenants/" + held.id() + "/erase", "{\"name\":\"held\"," + BASIS)
                .expect(409, "tenant-legal-hold");
        operator.post("/v1/tenants/" + held.id() + "/resume", "{}").expect(200);
        Eventually.get(PATIENCE, () -> held.api().get(hold), answer -> answer.status() == 200);
        held.api().post(hold + "/lift", "{\"reason\":\"closed\"}").expect(200);
        held.api().token(partner).post(hold + "/confirm").expect(200);
        operator.post("/v1/tenants/" + held.id() + "/suspend", "{}").expect(200);
        over(operator.post("/v1/tenants/" + held.id() + "/erase", "{\"name\":\"held\"," + BASIS)
                .expect(202)
                .string("/id"));
    }

    @Test
    void a_node_that_is_killed_in_the_middle_leaves_no_tenant_half_erased() throws Exception {
        Made leaving = made("killed");
        Population.of(3, leaving.api());
        operator.post("/v1/tenants/" + leaving.id() + "/suspend", "{}").expect(200);
        String asked = operator.post("/v1/tenants/" + leaving.id() + "/erase", "{\"name\":\"killed\"," + BASIS)
                .expect(202)
                .string("/id");
        first.kill9();
        UUID gone = TenantErasureId.parse(asked).orElseThrow().tenant().value();
        assertThat(database.rows("select distinct (select count(*) > 0 from keyring.data_key where tenant = '" + gone
                        + "') = (status = 1) from head.tenant_erasure where tenant = '" + gone + "'"))
                .containsExactly("t");
        first.start();
        over(asked);
    }
}
