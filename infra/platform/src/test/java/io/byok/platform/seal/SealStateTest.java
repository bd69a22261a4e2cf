package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealStateTest {

    private final AtomicReference<@Nullable RuntimeException> trouble =
            new AtomicReference<>(new KeysUnavailable("the provider is away", null));
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private SealState state() {
        return SealState.of(() -> {
            RuntimeException now = trouble.get();
            if (now != null) {
                throw now;
            }
        });
    }

    @Test
    void a_node_whose_roots_answer_is_open_from_the_beginning() {
        trouble.set(null);
        SealState state = state();
        assertThat(state.isSealed()).isFalse();
        state.beforeServing(() -> done.add("at once"));
        assertThat(done).containsExactly("at once");
    }

    @Test
    void a_sealed_node_opens_by_itself_after_what_must_be_done_before() throws Exception {
        try (SealState state = state()) {
            assertThat(state.isSealed()).isTrue();
            assertThat(state.reason()).isEqualTo("the provider is away");
            state.beforeServing(() -> done.add("before"));
            CompletableFuture<Void> after = state.opened().thenRun(() -> done.add("after"));
            assertThat(done).isEmpty();
            trouble.set(null);
            after.get(20, TimeUnit.SECONDS);
            assertThat(done).containsExactly("before", "after");
            assertThat(state.isSealed()).isFalse();
        }
    }

    @Test
    void roots_that_answer_and_do_not_fit_stop_the_start() {
        trouble.set(new KeyRefused("put the right keyring back"));
        assertThatThrownBy(this::state).isInstanceOf(KeyRefused.class);
    }

    @Test
    void roots_that_turn_out_not_to_fit_later_keep_the_node_sealed_and_say_so() throws InterruptedException {
        try (SealState state = state()) {
            trouble.set(new KeyRefused("put the right keyring back"));
            for (int i = 0; i < 200 && !state.reason().startsWith("put"); i++) {
                Thread.sleep(50);
            }
            assertThat(state.reason()).isEqualTo("put the right keyring back");
            assertThat(state.isSealed()).isTrue();
        }
    }
}
