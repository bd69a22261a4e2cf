package io.byok.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Callers that send commands without pause, each with keys of its own, and remember every answer. A command that got no
 * answer is sent again with the same idempotency key, as the documentation tells applications to do.
 */
final class Traffic {

    /** An acknowledged command on a key: what the trail must say, and where. */
    record Done(String action, int version, long position, String etag) {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So many keys has a caller at most, however long it goes on. */
    private static final int MOST = 60;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Supplier<Api> control;
    private final Runnable kill;
    private final List<Caller> callers = new ArrayList<>();
    private final Map<String, List<Done>> keys = new ConcurrentHashMap<>();
    private final Collection<String> uses = new ConcurrentLinkedQueue<>();
    private final Collection<String> usageRecords = new ConcurrentLinkedQueue<>();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private CountDownLatch enough = new CountDownLatch(0);

    Traffic(Server server, int howMany) {
        this(server::control, server::kill9, howMany);
    }

    /** To whoever is named at the time, and never killed. */
    Traffic(Supplier<Api> control, int howMany) {
        this(control, () -> {}, howMany);
    }

    private Traffic(Supplier<Api> control, Runnable kill, int howMany) {
        this.control = control;
        this.kill = kill;
        for (int i = 0; i < howMany; i++) {
            callers.add(new Caller(i));
        }
    }

    /** Lets everybody send until so many were answered, then ends the server in the middle of it. */
    void untilKilled(int answers) throws InterruptedException {
        enough = new CountDownLatch(answers);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            callers.forEach(caller -> running.add(threads.submit(caller::sendUntilNobodyAnswers)));
            enough.await();
            kill.run();
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a caller got an answer that it must not get", e.getCause());
        }
    }

    /** Everybody sends, whether somebody answers or not, while this is done; whatever was refused for now comes again. */
    void during(Runnable deed) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            callers.forEach(caller -> running.add(threads.submit(() -> caller.sendUntil(over::get))));
            try {
                deed.run();
            } finally {
                over.set(true);
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a caller got an answer that it must not get", e.getCause());
        }
    }

    /** How many commands were acknowledged so far. */
    long answered() {
        return answered.get();
    }

    /** Whatever was not answered is sent again, and everybody stops. */
    void settle() {
        callers.forEach(Caller::settle);
    }

    /** By key id, in the order of the answers. */
    Map<String, List<Done>> keys() {
        return keys;
    }

    Collection<String> uses() {
        return uses;
    }

    Collection<String> usageRecords() {
        return usageRecords;
    }

    /** How many requests the kills interrupted. */
    long unanswered() {
        return unanswered.get();
    }

    String user(int caller) {
        return callers.get(caller).user;
    }

    private record Request(
            String path,
            String body,
            String id,
            String action,
            @Nullable String key) {}

    private final class Caller {

        private final String user = Credentials.user();
        private final Random random;
        private final Map<String, Integer> states = new LinkedHashMap<>(); // key to 0 active, 1 disabled
        private @Nullable Request pending;

        Caller(int number) {
            random = new Random(42L + number);
        }

        void sendUntilNobodyAnswers() {
            try {
                while (true) {
                    repeat();
                    pending = next();
                    repeat();
                }
            } catch (UncheckedIOException nobody) {
                unanswered.incrementAndGet();
            }
        }

        void sendUntil(BooleanSupplier over) {
            while (!over.getAsBoolean()) {
                if (pending == null) {
                    pending = next();
                }
                tryAgain();
            }
        }

        void settle() {
            Eventually.get(PATIENCE, this::tryAgain, settled -> settled);
        }

        /** False when the answer is still owed. */
        private boolean tryAgain() {
            try {
                repeat();
            } catch (UncheckedIOException nobody) {
                unanswered.incrementAndGet();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return pending == null;
        }

        void repeat() {
            Request request = pending;
            if (request != null) {
                Answer answer =
                        control.get().with("Idempotency-Key", request.id).post(request.path, request.body);
                if (answer.status() == 503 || answer.status() == 429) { // nothing happened, or nobody knows: ask again
                    unanswered.incrementAndGet();
                    LockSupport.parkNanos(PAUSE.toNanos());
                    return;
                }
                note(request, answer);
                pending = null;
                answered.incrementAndGet();
                enough.countDown();
            }
        }

        private Request next() {
            List<String> mine = List.copyOf(states.keySet());
            String key = mine.isEmpty() ? null : mine.get(random.nextInt(mine.size()));
            int dice = random.nextInt(10);
            if (key == null || dice == 0 && mine.size() < MOST) {
                return new Request(
                        Credentials.keysOf(user),
                        Credentials.add("openai", Credentials.openai()),
                        id(),
                        "key-added",
                        null);
            }
            String path = "/v1/keys/" + key;
            if (dice <= 2) {
                return new Request(
                        path + "/rotate", Credentials.rotate(Credentials.openai(), "PT0S"), id(), "key-rotated", key);
            }
            if (dice <= 4) {
                boolean active = states.getOrDefault(key, 0) == 0;
                return active
                        ? new Request(path + "/disable", "{}", id(), "key-disabled", key)
                        : new Request(path + "/enable", "{}", id(), "key-enabled", key);
            }
            if (dice <= 6) {
                String record = id();
                usageRecords.add(record);
                String body = "{\"records\":["
                        + Credentials.usage(
                                record,
                                user,
                                "openai",
                                key,
                                "\"occurredAt\":\"2026-03-02T00:00:00Z\",\"units\":{\"inputTokens\":3}")
                        + "]}";
                return new Request("/v1/usage", body, id(), "usage", key);
            }
            return new Request("/v1/resolve", Credentials.resolve(user, "openai"), id(), "key-used", null);
        }

        private void note(Request request, Answer answer) {
            switch (request.action) {
                case "usage" -> answer.expect(202);
                case "key-used" -> {
                    if (answer.status() == 200) {
                        uses.add(answer.string("/useId"));
                    } else {
                        answer.expect(404, "no-usable-key"); // all disabled just now
                    }
                }
                default -> {
                    String id = answer.expect(request.key == null ? 201 : 200).string("/id");
                    states.put(
                            id,
                            request.action.equals("key-disabled")
                                    ? 1
                                    : request.action.equals("key-enabled") ? 0 : states.getOrDefault(id, 0));
                    keys.computeIfAbsent(id, fresh -> new ArrayList<>())
                            .add(new Done(
                                    request.action, answer.at("/version").asInt(), answer.position(), answer.etag()));
                }
            }
        }

        private static String id() {
            return UUID.randomUUID().toString();
        }
    }
}
