package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyCacheTest {

    private record Name(int number) {}

    private static final UUID ID = new UUID(1, 1);

    @Test
    void a_forgotten_key_is_wiped_and_copies_in_use_are_not() {
        KeyCache<Name> cache = new KeyCache<>(10, Duration.ofMinutes(5));
        List<SealingKey> masters = new ArrayList<>();
        SealingKey copy = cache.copyOf(new Name(1), name -> keep(masters, SealingKey.random(ID, 1)));
        cache.forget(new Name(1));

        assertThatThrownBy(() -> masters.getFirst().exposeForUse(secret -> secret))
                .isInstanceOf(IllegalStateException.class);
        assertThat(copy).isNotNull();
        byte[] sealed = Suite1.seal(copy, Samples.event(), new byte[4]);
        assertThat(Suite1.open(copy, Samples.event(), sealed)).isEqualTo(new byte[4]);
    }

    @Test
    void a_key_is_loaded_once_however_many_ask() throws Exception {
        KeyCache<Name> cache = new KeyCache<>(10, Duration.ofMinutes(5));
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch asking = new CountDownLatch(32);
        Callable<@Nullable SealingKey> ask = () -> {
            asking.countDown();
            asking.await();
            return cache.copyOf(new Name(1), name -> {
                loads.incrementAndGet();
                return SealingKey.random(ID, 1);
            });
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<@Nullable SealingKey> asked : threads.invokeAll(Collections.nCopies(32, ask))) {
                assertThat(asked.get()).isNotNull();
            }
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void a_key_that_is_not_there_is_looked_for_again() {
        KeyCache<Name> cache = new KeyCache<>(10, Duration.ofMinutes(5));
        assertThat(cache.copyOf(new Name(1), name -> null)).isNull();
        assertThat(cache.copyOf(new Name(1), name -> SealingKey.random(ID, 1))).isNotNull();
    }

    @Test
    void keys_pushed_out_and_forgotten_under_load_never_seal_with_a_wiped_key() throws Exception {
        KeyCache<Name> cache = new KeyCache<>(4, Duration.ofMinutes(5));
        byte[] secret = Samples.counting(7, 32);
        SealingKey reference = SealingKey.owning(ID, 1, secret.clone());
        Callable<Integer> work = () -> {
            for (int i = 0; i < 3_000; i++) {
                Name name = new Name(i % 12);
                try (SealingKey key = cache.copyOf(name, n -> SealingKey.owning(ID, 1, secret.clone()))) {
                    if (key == null) {
                        throw new AssertionError("no key");
                    }
                    // Opens only if it was sealed under the secret, not under zeros.
                    Suite1.open(reference, Samples.event(), Suite1.seal(key, Samples.event(), new byte[1]));
                }
                cache.forget(new Name(i * 7 % 12));
            }
            return 3_000;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(Collections.nCopies(8, work))) {
                assertThat(done.get()).isEqualTo(3_000);
            }
        }
    }

    private static SealingKey keep(List<SealingKey> kept, SealingKey key) {
        kept.add(key);
        return key;
    }
}
