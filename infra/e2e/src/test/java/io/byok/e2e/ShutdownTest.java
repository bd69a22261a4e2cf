package io.byok.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packaged server is told to end while it is busy: what it took it answers, and it says what it has signed. */
class ShutdownTest {

    private static final Logger log = LoggerFactory.getLogger(ShutdownTest.class);
    private static final int CALLERS = 6;
    private static final int REFUSED = 9;
    private static final String UNKNOWN_KEY = "key_00000000000000000000000000";
    private static final int TERMINATED = 128 + 15;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void under_load_every_request_that_had_an_effect_is_answered_and_the_last_state_is_signed() throws Exception {
        try (World world = World.fresh();
                Server server = Server.in(world)) {
            Api control = server.control();
            Api data = server.dataPlane();
            control.post(Credentials.keysOf("ada"), Credentials.add("openai", Credentials.openai()))
                    .expect(201);
            for (int i = 0; i < REFUSED; i++) {
                control.post("/v1/keys/" + UNKNOWN_KEY + "/disable", "{}").expect(404);
            }
            AtomicLong added = new AtomicLong(1);
            AtomicLong resolved = new AtomicLong();
            ConcurrentLinkedQueue<String> odd = new ConcurrentLinkedQueue<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    running.add(threads.submit(() -> untilRefused(
                            odd,
                            () -> control.post(
                                            Credentials.keysOf(Credentials.user()),
                                            Credentials.add("openai", Credentials.openai()))
                                    .status(),
                            201,
                            added)));
                    running.add(threads.submit(() -> untilRefused(
                            odd,
                            () -> data.post("/v1/resolve", Credentials.resolve("ada", "openai"))
                                    .status(),
                            200,
                            resolved)));
                }
                Eventually.get(PATIENCE, () -> added.get() > 50 && resolved.get() > 50, busy -> busy);
                server.terminate();
                assertThat(server.exit()).isEqualTo(TERMINATED);
                for (Future<?> one : running) {
                    one.get();
                }
            }
            Database database = world.database();
            log.info("{} keys added and {} resolved when it was told to end", added, resolved);
            assertThat(odd).isEmpty();
            assertThat(database.number("select count(*) from head.key_head"))
                    .as("keys that are there, and answers that said so")
                    .isEqualTo(added.get());
            assertThat(database.number("select max(size) from view.audit_checkpoint where tenant ="
                            + " '00000000-0000-0000-0000-000000000000'"))
                    .as("the last signed state, and the log that it is of")
                    .isEqualTo(database.number("select size from view.audit_log where tenant ="
                            + " '00000000-0000-0000-0000-000000000000'"));
            new Aftermath(new Traffic(server, 0), database)
                    .kafkaHoldsTheStore(world.kafka().bootstrapServers());
            server.start();
            server.control()
                    .since(database.lastPosition())
                    .get("/v1/audit/events")
                    .expect(200);
            assertThat(database.number("select count(*) from view.audit_event where action = 'key-used'"))
                    .as("uses on record, and secrets that were handed out")
                    .isEqualTo(resolved.get());
            assertThat(
                            database.number(
                                    "select sum((details ->> 'times')::int) from view.audit_event where action = 'command-refused'"))
                    .as("refusals on record, also those that were only counted when it was told to end")
                    .isEqualTo(REFUSED);
        }
    }

    private interface Request {
        int send();
    }

    /** One after the other until nobody listens any more; counts what was done, and notes what was neither. */
    private static void untilRefused(ConcurrentLinkedQueue<String> odd, Request request, int done, AtomicLong count) {
        while (true) {
            try {
                int status = request.send();
                if (status == done) {
                    count.incrementAndGet();
                } else if (status != 503) {
                    odd.add("answered " + status);
                    return;
                }
            } catch (UncheckedIOException over) {
                // Refused; or a kept connection was closed before anything of the request was taken. That nothing of it
                // has happened is what the counts say.
                return;
            }
        }
    }

    @Test
    void what_it_has_begun_to_take_is_answered_while_nobody_new_is_let_in_on_one_plane_after_the_other()
            throws Exception {
        try (World world = World.fresh();
                Server server = Server.in(world)) {
            String token = server.firstToken();
            server.control()
                    .post(Credentials.keysOf("ada"), Credentials.add("openai", Credentials.openai()))
                    .expect(201);
            try (Slow add = new Slow(
                            server.port(),
                            token,
                            "/v1/users/eve/keys",
                            Credentials.add("openai", Credentials.openai()));
                    Slow resolve =
                            new Slow(server.dataPort(), token, "/v1/resolve", Credentials.resolve("ada", "openai"))) {
                server.terminate();
                Eventually.get(PATIENCE, () -> isRefused(server.dataPort()), refused -> refused);
                assertThat(resolve.finish()).startsWith("HTTP/1.1 200 ");
                Eventually.get(PATIENCE, () -> isRefused(server.port()), refused -> refused);
                assertThat(server.isAlive()).as("it waits for the other one").isTrue();
                assertThat(add.finish()).startsWith("HTTP/1.1 201 ");
            }
            assertThat(server.exit()).isEqualTo(TERMINATED);
            assertThat(world.database().number("select count(*) from head.key_head"))
                    .isEqualTo(2);
            assertThatThrownBy(() -> new Socket("127.0.0.1", server.port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static boolean isRefused(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        } catch (IOException other) {
            return false;
        }
    }

    /** A request of which half is sent. */
    private static final class Slow implements AutoCloseable {

        private final Socket socket;
        private final String rest;

        Slow(int port, String token, String path, String body) throws IOException, InterruptedException {
            socket = new Socket("127.0.0.1", port);
            String request = "POST " + path + " HTTP/1.1\r\nHost: byok\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + token + "\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            int half = request.length() - body.length() / 2;
            socket.getOutputStream().write(request.substring(0, half).getBytes(US_ASCII));
            socket.getOutputStream().flush();
            rest = request.substring(half);
            Thread.sleep(500); // until the server reads what it has
        }

        String finish() throws IOException {
            socket.getOutputStream().write(rest.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
