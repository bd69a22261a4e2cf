package io.byok.platform.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.Cosigner;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {

    private static final long NEVER = Long.MAX_VALUE;
    private static final Instant NOW = Instant.parse("2027-01-04T10:00:00Z");

    private final SignedTree log = new SignedTree("byok.audit/ab/platform", NEVER);
    private final SignedTree forked = new SignedTree("byok.audit/ab/platform", 5);

    @TempDir
    private Path directory;

    private Witness witness;

    @BeforeEach
    void open() throws IOException {
        Cosigner cosigner =
                Cosigner.open(directory.resolve("witness.key"), "witness.example/w1", InstantSource.fixed(NOW));
        TrustedLogs trusted = TrustedLogs.parse("# ours\n\n" + log.key() + " * # all of them\n");
        witness = Witness.open(directory, cosigner, () -> trusted);
    }

    @AfterEach
    void close() throws IOException {
        witness.close();
    }

    private int status(String body) {
        try {
            return witness.add(body).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String cosigned(SignedTree tree, long from, long to) throws IOException {
        Witness.Answer answer = witness.add(tree.request(from, to));
        assertThat(answer.status()).as(answer.why()).isEqualTo(200);
        return tree.note(to) + answer.body();
    }

    @Test
    void a_state_that_continues_the_last_one_is_cosigned_and_anybody_with_the_key_can_tell() throws Exception {
        CosignerKey key = CosignerKey.parse(witness.key().text()).orElseThrow();
        String first = cosigned(log, 0, 3);
        String second = cosigned(log, 3, 8);
        assertThat(key.cosigned(first)).contains(NOW);
        assertThat(key.cosigned(second)).contains(NOW);
        assertThat(SignedNote.open(second, log.key()))
                .as("the log's own signature still holds")
                .isPresent();
        assertThat(key.cosigned(second.replace("\n8\n", "\n9\n"))).isEmpty();
        assertThat(key.cosigned(log.note(8))).isEmpty();
        assertThat(CosignerKey.parse(log.key().text()))
                .as("a log's key is no witness's")
                .isEmpty();
    }

    @Test
    void the_same_state_is_cosigned_again_and_a_smaller_one_is_not() throws Exception {
        cosigned(log, 0, 8);
        cosigned(log, 8, 8);
        Witness.Answer smaller = witness.add(log.request(3, 5));
        assertThat(smaller.status()).isEqualTo(409);
        assertThat(smaller.type()).isEqualTo("text/x.tlog.size");
        assertThat(smaller.body()).isEqualTo("8\n");
        assertThat(status(log.request(0, 9))).isEqualTo(409);
        assertThat(status(new AddCheckpoint(9, List.of(), log.note(8)).text())).isEqualTo(400);
    }

    @Test
    void a_forked_log_is_refused_and_what_it_signed_is_kept() throws Exception {
        cosigned(log, 0, 8);
        assertThat(status(forked.request(8, 8))).isEqualTo(409);
        assertThat(status(forked.request(8, 11))).isEqualTo(422);
        try (Stream<Path> evidence = Files.list(directory.resolve("evidence"))) {
            assertThat(evidence.map(WitnessTest::read))
                    .containsExactlyInAnyOrder(forked.request(8, 8), forked.request(8, 11));
        }
        cosigned(log, 8, 11);
    }

    @Test
    void a_restart_forgets_nothing() throws Exception {
        CosignerKey key = witness.key();
        cosigned(log, 0, 8);
        assertThatThrownBy(this::open).as("two witnesses, one directory").isInstanceOf(IllegalStateException.class);
        close();
        open();
        assertThat(witness.key().text()).isEqualTo(key.text());
        assertThat(status(log.request(0, 5))).isEqualTo(409);
        assertThat(status(forked.request(8, 9))).isEqualTo(422);
        cosigned(log, 8, 9);
    }

    @Test
    void a_record_that_it_did_not_write_stops_a_log_instead_of_beginning_it_again() throws Exception {
        cosigned(log, 0, 8);
        try (Stream<Path> states = Files.list(directory.resolve("logs"))) {
            Files.writeString(states.findFirst().orElseThrow(), log.note(2));
        }
        assertThatThrownBy(() -> witness.add(log.request(2, 9))).isInstanceOf(IOException.class);
    }

    @Test
    void only_known_logs_are_witnessed_and_only_what_their_key_signed() {
        assertThat(status(new SignedTree("byok.audit/ab/ten_1", NEVER).request(0, 4)))
                .as("another log of the installation")
                .isEqualTo(200);
        assertThat(status(new SignedTree("byok.audit/cd/platform", NEVER).request(0, 4)))
                .isEqualTo(404);
        assertThat(status(new SignedTree("byok.audit/ab/ten_1/x", NEVER).request(0, 4)))
                .isEqualTo(404);
        String unsigned = log.request(0, 4).replaceFirst("(?s)(\n\n— \\S+ ).*", "$1" + "A".repeat(92) + "\n");
        assertThat(status(unsigned)).isEqualTo(403);
        assertThatThrownBy(() -> TrustedLogs.parse("# a\nno key\n")).hasMessage("line 2 is no verifier key of a log");
    }

    @Test
    void what_is_no_request_is_refused() {
        String good = log.request(0, 4);
        for (String bad : List.of(
                "",
                "\n\n",
                good.replace("old 0", "old 00"),
                good.replace("old 0", "old -1"),
                good.replace("old 0", "old"),
                good.replace("old 0\n", "old 0\nAAAA\n"),
                good.stripTrailing(),
                good.replace("\n4\n", "\n04\n"),
                "old 0\n" + "A".repeat(43) + "=\n")) {
            assertThat(status(bad)).as(bad).isEqualTo(400);
        }
        assertThat(status(new AddCheckpoint(0, List.of(new byte[32]), log.note(4)).text()))
                .as("a proof from nothing is empty")
                .isEqualTo(422);
        String many = "old 0\n" + ("A".repeat(43) + "=\n").repeat(64) + "\n" + log.note(4);
        assertThat(status(many)).isEqualTo(400);
    }

    @Test
    void whatever_is_asked_in_whatever_order_no_two_cosigned_states_are_of_different_histories() throws Exception {
        Random random = new Random(7);
        long cosigned = 0;
        for (int i = 0; i < 400; i++) {
            SignedTree tree = random.nextInt(4) == 0 ? forked : log;
            long from = random.nextInt(3) == 0 ? random.nextInt(40) : cosigned;
            long to = from + random.nextInt(4);
            boolean honest = from == cosigned && (tree == log || to <= 5);
            int status = status(tree.request(from, to));
            assertThat(status == 200)
                    .as("%s to %s of %s", from, to, tree == log)
                    .isEqualTo(honest);
            if (honest) {
                cosigned = to;
            }
        }
        assertThat(cosigned).isGreaterThan(100);
    }

    @Test
    void many_at_once_leave_one_history() {
        AtomicLong cosigned = new AtomicLong();
        List<String> requests =
                IntStream.range(1, 200).mapToObj(size -> log.request(0, size)).toList();
        requests.parallelStream().forEach(request -> {
            if (status(request) == 200) {
                cosigned.incrementAndGet();
            }
        });
        assertThat(cosigned.get()).as("all of them began from nothing").isEqualTo(1);
    }

    @Test
    void its_key_is_its_owners_alone() throws Exception {
        assertThat(Files.getPosixFilePermissions(directory.resolve("witness.key")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(Files.readString(directory.resolve("witness.key"))).startsWith("PRIVATE+KEY+witness.example/w1+");
        Path broken = Files.writeString(directory.resolve("broken"), "PRIVATE+KEY+a+00000000+AAAA\n");
        assertThatThrownBy(() -> Cosigner.open(broken, "a", InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
