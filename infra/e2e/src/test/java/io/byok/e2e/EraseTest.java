package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.e2e.Population.Person;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** P7 on two nodes under load: some of many users are erased, the others notice nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EraseTest {

    private static final Logger log = LoggerFactory.getLogger(EraseTest.class);
    /** With {@code -Dbyok.erase.users=1000} fifty of a thousand are erased. */
    private static final int USERS = Integer.getInteger("byok.erase.users", 60);

    private static final int ERASED = Math.max(5, USERS / 20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HASHES =
            "select position || ' ' || encode(sha256(payload), 'hex') from log.event where position <= ";

    private final World world = World.fresh();
    private final Database database = world.database();
    private final Server first = Server.in(world);
    private final Server second = Server.in(world);
    private final Api api = first.control();
    private final Api other = second.anonymous().token(first.firstToken());
    private final Canary canary = new Canary();
    private final List<Answer> erasures = new ArrayList<>();
    private final List<String> certificates = new ArrayList<>();

    private List<Person> erased = List.of();
    private List<Person> kept = List.of();
    private Map<String, List<String>> before = Map.of();
    private String totals = "";
    private List<String> hashes = List.of();
    private long position;

    @BeforeAll
    void fifty_of_a_thousand_are_erased_while_the_others_work() throws Exception {
        Population population = Population.of(USERS, api);
        erased = population.people().subList(0, ERASED);
        kept = population.people().subList(ERASED, population.people().size());
        position = population.position();
        reached(position);
        for (Person one : erased) {
            canary.watch(one.id());
            canary.watch(one.alias());
        }
        assertThat(found()).as("they can be found as long as they are there").isNotEmpty();
        before = Population.holdings(database, api, kept);
        totals = Population.totals(api);
        hashes = database.rows(HASHES + position + " order by position");
        try (Load load = new Load()) {
            for (int i = 0; i < erased.size(); i++) {
                Api node = i % 2 == 0 ? api : other;
                erasures.add(erase(node, erased.get(i).id()).expect(202));
            }
            for (Answer one : erasures) {
                certificates.add(certificate(one.string("/id")));
            }
            load.hasWorked();
        }
    }

    @AfterAll
    void stop() {
        second.close();
        first.close();
        world.close();
    }

    private static Answer erase(Api node, String user) {
        return node.post("/v1/users/" + Api.encoded(user) + "/erase", Credentials.ERASE);
    }

    private void reached(long upTo) {
        Eventually.get(PATIENCE, () -> api.since(upTo).get("/v1/keys"), answer -> answer.status() == 200);
    }

    private String certificate(String id) {
        Eventually.get(
                PATIENCE,
                () -> api.get("/v1/erasures/" + id).expect(200),
                answer -> answer.string("/status").equals("erased"));
        return other.get("/v1/erasures/" + id + "/certificate").expect(200).text();
    }

    /** Adds, resolves and reports of users who stay. */
    private final class Load implements AutoCloseable {

        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong done = new AtomicLong();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> running = new ArrayList<>();

        Load() {
            for (int i = 0; i < 4; i++) {
                Api node = i % 2 == 0 ? api : other;
                running.add(threads.submit(() -> work(node)));
            }
        }

        private void work(Api node) {
            while (!over.get()) {
                String user = Credentials.user();
                String key = node.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                        .expect(201)
                        .string("/id");
                node.post("/v1/resolve", Credentials.resolve(user, "openai")).expect(200);
                node.post(
                                "/v1/usage",
                                "{\"records\":["
                                        + Credentials.usage(
                                                key, user, "openai", key, "\"occurredAt\":\"2026-05-02T00:00:00Z\"")
                                        + "]}")
                        .expect(202);
                done.incrementAndGet();
            }
        }

        void hasWorked() {
            assertThat(done.get()).as("rounds of load").isPositive();
        }

        @Override
        public void close() throws Exception {
            over.set(true);
            for (Future<?> one : running) {
                one.get();
            }
            threads.close();
            log.info("{} of {} users erased while {} rounds of load ran", ERASED, USERS, done);
        }
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
        assertThat(kafka.size()).isPositive();
        found.addAll(canary.in("kafka", kafka.toByteArray()));
        found.addAll(canary.below(first.data()));
        found.addAll(canary.below(second.data()));
        return found;
    }

    @Test
    void P7_the_others_have_what_they_had_byte_for_byte() {
        assertThat(Population.holdings(database, api, kept)).isEqualTo(before);
        assertThat(Population.holdings(database, other, kept.subList(0, 5)))
                .allSatisfy((user, rows) -> assertThat(rows).isEqualTo(before.get(user)));
    }

    @Test
    void P7_neither_ids_nor_labels_of_the_erased_are_found_anywhere() throws Exception {
        assertThat(found()).isEmpty();
    }

    @Test
    void P7_no_key_that_is_left_opens_anything_of_the_erased() {
        for (Answer one : erasures) {
            String erasure = one.string("/id");
            Answer now = api.get("/v1/erasures/" + erasure).expect(200);
            assertThat(now.at("/destroyed/dataKeys").asInt()).isEqualTo(2);
        }
        assertThat(database.number("select count(*) from keyring.tombstone")).isGreaterThanOrEqualTo(2L * ERASED);
        // The key id in the header of each sealed event of an erased user: in the clear, bytes 7 to 22.
        String named = "substr(e.payload, 7, 16) = uuid_send(%s.data_key)";
        String erasedEvents = "log.event e join head.erasure x on x.subject = e.subject";
        assertThat(database.number("select count(*) from " + erasedEvents)).isGreaterThanOrEqualTo(3L * ERASED);
        assertThat(database.number(
                        "select count(*) from " + erasedEvents + " join keyring.data_key k on " + named.formatted("k")))
                .as("keys in the dump that sealed an event of theirs")
                .isZero();
        assertThat(database.number("select count(*) from " + erasedEvents + " where not exists (select from"
                        + " keyring.tombstone t where " + named.formatted("t") + ")"))
                .as("events of theirs whose key has no tombstone")
                .isZero();
        assertThat(database.number("select count(*) from vault.credential c join head.erasure x using (subject)"))
                .isZero();
    }

    /** A feature that keeps something about users, and forgets to forget it, is found here. */
    @Test
    void P7_the_random_id_and_the_keys_of_the_erased_stand_only_where_it_is_said_that_they_do() {
        // A row begins with its table; a text in it may go on over more lines.
        List<String> rows = List.of(DatabaseDump.of(database.access()).text().split("\n(?=[a-z]+\\.[a-z_0-9]+ \\()"));
        for (int i = 0; i < ERASED; i++) {
            UUID subject = SubjectId.parse(erasures.get(i).string("/subject"))
                    .orElseThrow()
                    .value();
            UUID key = KeyId.parse(erased.get(i).key()).orElseThrow().value();
            for (UUID id : List.of(subject, key)) {
                assertThat(tables(rows, id))
                        .isSubsetOf(
                                "log.event",
                                "log.event_p0",
                                "head.erasure",
                                "head.epoch",
                                "keyring.tombstone",
                                "view.audit_event");
            }
        }
        assertThat(tables(
                        rows,
                        SubjectId.parse(erasures.getFirst().string("/subject"))
                                .orElseThrow()
                                .value()))
                .as("the search finds what is there")
                .contains("log.event", "head.erasure");
    }

    private static Set<String> tables(List<String> rows, UUID id) {
        return rows.stream()
                .filter(row -> row.contains(id.toString()))
                .map(row -> row.substring(0, row.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    @Test
    void P7_no_byte_of_the_sealed_history_has_changed_neither_in_the_store_nor_in_kafka() {
        assertThat(database.rows(HASHES + position + " order by position")).isEqualTo(hashes);
        Map<Long, String> kafka = new HashMap<>();
        for (StoredEvent record : Aftermath.records(world.kafka().bootstrapServers())) {
            kafka.put(record.position(), HexFormat.of().formatHex(record.event().payload()));
        }
        assertThat(database.rows("select position || ' ' || encode(payload, 'hex') from log.event where position <= "
                        + position))
                .allSatisfy(row -> {
                    String[] parts = row.split(" ");
                    assertThat(kafka.get(Long.valueOf(parts[0]))).isEqualTo(parts[1]);
                });
    }

    @Test
    void P5_replays_verify_and_the_tenants_totals_are_what_they_were() {
        assertThat(Population.totals(api)).isEqualTo(totals);
        Answer verified = Replays.run(api, "all", "verify");
        assertThat(verified.at("/equal").asBoolean()).as(verified.text()).isTrue();
        Answer rebuilt = Replays.run(api, "all", "rebuild");
        assertThat(rebuilt.at("/equal").asBoolean()).as(rebuilt.text()).isTrue();
        assertThat(Population.totals(api)).isEqualTo(totals);
    }

    @Test
    void the_audit_trail_keeps_every_fact_and_no_person() {
        String subject = erasures.getFirst().string("/subject");
        Person person = erased.getFirst();
        Answer facts = api.get("/v1/audit/events?keyId=" + person.key()).expect(200);
        assertThat(facts.each("/data", "action")).contains("key-added", "key-used");
        facts.at("/data").forEach(fact -> {
            assertThat(fact.path("subject").asString()).isEqualTo(subject);
            assertThat(fact.path("userId").isMissingNode()
                            || fact.path("userId").isNull())
                    .isTrue();
            if (!fact.path("action").asString().equals("key-used")) {
                assertThat(fact.path("outcome").asString()).isEqualTo("erased");
            }
        });
        assertThat(api.get("/v1/audit/events?action=subject-erased&limit=100")
                        .expect(200)
                        .each("/data", "subject"))
                .contains(subject);
    }

    @Test
    void nothing_of_an_erased_user_answers_any_more() {
        Person person = erased.getFirst();
        String key = "/v1/keys/" + person.key();
        api.get(key).expect(404, "key-not-found");
        api.patch(key, "{\"alias\":\"x\"}").expect(404, "key-not-found");
        other.post(key + "/disable").expect(404, "key-not-found");
        api.post(key + "/rotate", Credentials.rotate(Credentials.openai(), "PT0S"))
                .expect(404, "key-not-found");
        api.delete(key).expect(404, "key-not-found");
        assertThat(api.get(Credentials.keysOf(person.id()))
                        .expect(200)
                        .at("/data")
                        .size())
                .isZero();
        other.post("/v1/resolve", Credentials.resolve(person.id(), "openai")).expect(404, "no-usable-key");
        erase(api, person.id()).expect(404, "user-unknown");
    }

    @Test
    void the_same_user_id_begins_anew() {
        String user = Credentials.user();
        String before = add(user);
        certificate(erase(api, user).expect(202).string("/id"));
        String after = add(user);
        assertThat(after).isNotEqualTo(before);
        assertThat(other.post("/v1/resolve", Credentials.resolve(user, "openai"))
                        .expect(200)
                        .string("/keyId"))
                .isEqualTo(after);
        other.get("/v1/keys/" + before).expect(404, "key-not-found");
    }

    private String add(String user) {
        return api.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .string("/id");
    }

    @Test
    void every_certificate_verifies_and_a_changed_one_does_not(@TempDir Path directory) throws Exception {
        NoteKey key = NoteKey.parse(api.anonymous()
                        .get("/v1/erasures/signing-key")
                        .expect(200)
                        .string("/key"))
                .orElseThrow();
        assertThat(certificates)
                .hasSize(ERASED)
                .allSatisfy(certificate -> assertThat(SignedNote.open(certificate, key))
                        .hasValueSatisfying(text -> assertThat(text)
                                .contains("acknowledged vault", "acknowledged kafka", "acknowledged read-model/keys")
                                .contains("acknowledged node/")
                                .contains("\nhistory usage 1 ")));
        Path file = directory.resolve("certificate");
        Files.writeString(file, certificates.getFirst());
        assertThat(verify(file, "--key", key.text())).isZero();
        assertThat(verify(file, "--data", first.data().toString()))
                .as("with the server's own key")
                .isZero();
        Files.writeString(file, certificates.getFirst().replaceFirst("legal-basis \"GDPR", "legal-basis \"None"));
        assertThat(verify(file, "--key", key.text())).isEqualTo(1);
        assertThat(verify(directory.resolve("none"), "--key", key.text())).isEqualTo(2);
        assertThat(verify(file, "--key", "nonsense")).isEqualTo(2);
    }

    private static int verify(Path certificate, String... key) throws Exception {
        return ServerJvm.tool(Stream.concat(Stream.of("erase", "verify", certificate.toString()), Stream.of(key))
                        .toList())
                .waitFor();
    }

    @Test
    void a_repeat_with_the_same_idempotency_key_gets_the_same_erasure() {
        String user = Credentials.user();
        api.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        Api once = api.with("Idempotency-Key", "erase-" + user.hashCode());
        Answer answer = erase(once, user).expect(202);
        assertThat(answer.header("Location")).isEqualTo("/v1/erasures/" + answer.string("/id"));
        certificate(answer.string("/id"));
        Answer again = erase(once, user).expect(202);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(answer.text());
    }

    @Test
    void only_who_holds_the_scope_by_name_erases_and_only_in_the_own_tenant() {
        String weak = api.post("/v1/api-tokens", "{\"name\":\"w\",\"scopes\":[\"keys:write\",\"audit:read\"]}")
                .expect(201)
                .string("/token");
        erase(api.token(weak), kept.getFirst().id()).expect(403, "scope-missing");
        String stranger =
                api.post("/v1/tenants", "{\"name\":\"stranger\"}").expect(201).string("/token");
        erase(api.token(stranger), kept.getFirst().id()).expect(404, "user-unknown");
        Api strange = api.token(stranger);
        String id = erasures.getFirst().string("/id");
        strange.get("/v1/erasures/" + id).expect(404, "erasure-not-found");
        strange.get("/v1/erasures/" + id + "/certificate").expect(404, "erasure-not-found");
        assertThat(strange.get("/v1/erasures").expect(200).at("/data").size()).isZero();
        assertThat(api.get("/v1/erasures?limit=2").expect(200).at("/data").size())
                .isEqualTo(2);
    }

    @Test
    void what_is_asked_for_badly_is_refused_by_field() {
        String path = "/v1/users/" + kept.getFirst().id() + "/erase";
        api.post(path, "{\"reason\":\"x\"}").expect(422, "field-missing");
        Answer refused =
                api.post(path, "{\"reason\":\" \",\"legalBasis\":\"a\\nb\"}").expect(422, "field-invalid");
        assertThat(refused.each("/errors", "pointer")).containsExactly("/reason", "/legalBasis");
        api.get("/v1/erasures/nonsense").expect(404, "erasure-not-found");
    }

    @Test
    void operators_see_how_erasures_get_on() {
        String metrics =
                first.management().get("/actuator/prometheus").expect(200).text();
        assertThat(metrics).contains("byok_erasures{status=\"erased\"", "byok_erasures_oldest_seconds");
        assertThat(first.management().get("/actuator/health").expect(200).at("/components/erasure/details/destroyed"))
                .isNotNull();
    }

    @Test
    void P7_a_node_that_is_killed_in_the_middle_leaves_nobody_half_erased() {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String user = Credentials.user();
            users.add(user);
            api.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                    .expect(201);
        }
        List<String> asked = users.stream()
                .map(user -> erase(api, user).expect(202).string("/id"))
                .toList();
        first.kill9();
        assertThat(database.number("select count(*) from head.erasure x where status = 1 and not exists"
                        + " (select from keyring.data_key k where k.owner = x.subject)"))
                .isZero();
        assertThat(database.number("select count(*) from head.erasure x where status > 1 and (exists"
                        + " (select from keyring.data_key k where k.owner = x.subject) or exists"
                        + " (select from head.subject_ref r where r.subject = x.subject) or exists"
                        + " (select from vault.credential c where c.subject = x.subject))"))
                .isZero();
        first.start();
        asked.forEach(this::certificate);
    }
}
