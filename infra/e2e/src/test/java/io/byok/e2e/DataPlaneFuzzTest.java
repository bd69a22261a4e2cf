package io.byok.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that are nearly HTTP, from a seed, on the data plane: nothing breaks, nothing leaks, nobody waits for ever.
 * {@code -Dbyok.fuzz=50000} for the long run, {@code -Dbyok.seed=N} for another.
 */
class DataPlaneFuzzTest {

    private static final Logger log = LoggerFactory.getLogger(DataPlaneFuzzTest.class);
    private static final int CONNECTIONS = Integer.getInteger("byok.fuzz", 600);
    private static final long SEED = Long.getLong("byok.seed", 20_261_123L);
    private static final int CALLERS = 24; // most of the time each waits for a deadline of the server
    private static final int PATIENCE_MILLIS = 15_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");

    @Test
    void no_bytes_break_the_data_plane_and_none_of_its_answers_says_too_much() throws Exception {
        Api control = SharedServer.control();
        String user = Credentials.user();
        String secret = Credentials.openai();
        control.post(Credentials.keysOf(user), Credentials.add("openai", secret))
                .expect(201);
        // Of somebody else: what is said of it puts it to rest, and the other one is to be handed out.
        String key = control.post(
                        Credentials.keysOf(Credentials.user()), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .string("/id");
        String strong = token(control, "keys:resolve");
        String weak = token(control, "keys:read");
        ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
        Map<Integer, Integer> answered = new TreeMap<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                OddRequests odd = new OddRequests(new Random(SEED + i), user, key, strong, weak);
                running.add(callers.submit(() -> {
                    for (int n = 0; n < CONNECTIONS / CALLERS && complaints.size() < 20; n++) {
                        OddRequests.Odd one = odd.next();
                        String text = exchange(one);
                        List<Integer> statuses = statuses(text);
                        complain(one, text, statuses, secret).forEach(complaints::add);
                        synchronized (answered) {
                            statuses.forEach(status -> answered.merge(status, 1, Integer::sum));
                            if (statuses.isEmpty()) {
                                answered.merge(0, 1, Integer::sum);
                            }
                        }
                    }
                    return null; // so that it may throw
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        log.info("{} connections, seed {}: {} (0: closed without an answer)", CONNECTIONS, SEED, answered);
        assertThat(complaints).isEmpty();
        assertThat(answered).as("it is not all refused at the door").containsKeys(200, 400, 401, 403, 413, 422);
        SharedServer.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "openai"))
                .expect(200);
    }

    private static String token(Api control, String scope) {
        return control.post("/v1/api-tokens", "{\"name\":\"f\",\"scopes\":[\"" + scope + "\"]}")
                .expect(201)
                .string("/token");
    }

    /** Everything that comes back until the server closes. */
    private static String exchange(OddRequests.Odd one) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", SharedServer.SERVER.dataPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(one.bytes());
                socket.getOutputStream().flush();
                if (one.cut()) {
                    socket.shutdownOutput();
                }
                byte[] part = new byte[8192];
                boolean more = true;
                while (more) {
                    int read = socket.getInputStream().read(part);
                    more = read >= 0;
                    answer.write(part, 0, Math.max(read, 0));
                }
            } catch (SocketTimeoutException waiting) {
                answer.writeBytes("STILL OPEN".getBytes(ISO_8859_1));
            } catch (IOException refused) {
                // closed while we were sending: what came before counts
            }
        }
        return answer.toString(ISO_8859_1);
    }

    private static List<Integer> statuses(String text) {
        return STATUS.matcher(text)
                .results()
                .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static List<String> complain(OddRequests.Odd one, String text, List<Integer> statuses, String secret) {
        List<String> complaints = new ArrayList<>();
        if (statuses.stream().anyMatch(status -> status >= 500)) {
            complaints.add(one + " broke: " + text);
        }
        if (text.endsWith("STILL OPEN")) {
            complaints.add(one + " is kept waiting: " + text);
        }
        if (statuses.isEmpty() && one.whole()) {
            complaints.add(one + " got no answer");
        }
        if (Pattern.compile("Exception|\tat |io\\.byok\\.|io\\.netty|io\\.vertx")
                .matcher(text)
                .find()) {
            complaints.add(one + " shows its insides: " + text);
        }
        long shown =
                Pattern.compile(Pattern.quote(secret)).matcher(text).results().count();
        if (shown > statuses.stream().filter(status -> status == 200).count()) {
            complaints.add(one + " shows a credential");
        }
        return complaints;
    }

    @Test
    void who_sends_a_head_byte_by_byte_is_not_waited_for_for_ever() throws Exception {
        byte[] head = "GET /livez HTTP/1.1\r\nX-Slow: ".getBytes(ISO_8859_1);
        try (Socket socket = new Socket("127.0.0.1", SharedServer.SERVER.dataPort())) {
            long begun = System.nanoTime();
            int sent = 0;
            try {
                while (sent < 120) {
                    socket.getOutputStream().write(sent < head.length ? head[sent] : 'x');
                    sent++;
                    Thread.sleep(250);
                }
            } catch (SocketException closed) {
                log.info("closed after {} bytes and {} ms", sent, (System.nanoTime() - begun) / 1_000_000);
            }
            assertThat(sent).as("a byte each quarter of a second").isBetween(20, 100);
        }
    }

    @Test
    void the_oddities_are_the_same_for_the_same_seed() {
        OddRequests one = new OddRequests(new Random(1), "u", "k", "a", "b");
        OddRequests two = new OddRequests(new Random(1), "u", "k", "a", "b");
        for (int i = 0; i < 200; i++) {
            assertThat(one.next().bytes()).isEqualTo(two.next().bytes());
        }
    }
}
