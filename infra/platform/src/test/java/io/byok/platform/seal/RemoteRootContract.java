package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.root.RemoteFactory;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RootFactory;
import io.byok.platform.seal.root.RootSettings;
import io.byok.platform.seal.root.Surroundings;
import io.byok.testkit.ScriptedEndpoint;
import io.byok.testkit.ScriptedEndpoint.Mood;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every root beyond the network keeps to besides: on the service's bad days. */
public abstract class RemoteRootContract<S extends ScriptedEndpoint> extends RootContract {

    protected final S service;
    private final String word;
    private final String secret;

    /** @param secret of the client, which nothing may repeat */
    protected RemoteRootContract(S service, String word, String secret) {
        this.service = service;
        this.word = word;
        this.secret = secret;
        settings.put("byok.kek", word);
        settings.put("byok.kek.timeout", "1s");
    }

    @Override
    protected int mutations() {
        return 500; // each is a call
    }

    /** Makes a version of the root of the events, as the service's operator does. */
    protected abstract void anotherVersion();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void the_provider_itself_binds_a_wrap_to_its_place() {
        RemoteKey key = Objects.requireNonNull(
                kind().keys(new RootSettings(settings::get, "byok.", word), new Surroundings(meters, () -> true))
                        .get(KeyChain.EVENTS));
        key.versions();
        byte[] plaintext = Samples.counting(1, 64);
        WrappedKek wrapped = key.wrap(1, plaintext, PLACE.hash());
        assertThat(key.unwrap(wrapped, PLACE.hash())).isEqualTo(Samples.counting(1, 64));
        assertThatThrownBy(() -> key.unwrap(wrapped, ELSEWHERE.hash())).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> key.rewrap(wrapped, 1, ELSEWHERE.hash())).isInstanceOf(SealBroken.class);
    }

    @Test
    void one_key_for_both_chains_is_refused() {
        settings.put("byok.kek." + word + ".events", "alias/the-same");
        settings.put("byok.kek." + word + ".credentials", "alias/the-same");
        assertThatThrownBy(this::roots).isInstanceOf(KeyRefused.class).hasMessageContaining("two chains need two");
    }

    @Test
    void an_endpoint_that_is_elsewhere_and_not_encrypted_is_refused() {
        settings.replaceAll((_, value) -> value.equals(service.address()) ? "http://10.0.0.1:80" : value);
        assertThatThrownBy(this::roots).isInstanceOf(KeyRefused.class).hasMessageContaining("https://");
    }

    @Test
    void a_version_made_elsewhere_is_found_when_a_wrap_names_it() throws InterruptedException {
        BoundRoot here = unsealed();
        anotherVersion();
        WrappedKek newer = unsealed().wrap(Samples.key(), PLACE);
        assertThat(newer.rootVersion()).isEqualTo(2);
        assertThat(here.wrap(Samples.key(), PLACE).rootVersion()).isEqualTo(1);
        Thread.sleep(1_050); // looked for at most once a second
        assertThat(here.unwrap(newer, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLING", "FAILING", "SEALED", "HANGING", "GARBAGE", "WRONG_TOKEN"})
    void what_is_wrong_with_the_service_is_never_taken_for_tampering(Mood mood) {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        service.mood(mood);
        assertThatThrownBy(() -> root.unwrap(wrapped, PLACE))
                .isExactlyInstanceOf(KeysUnavailable.class)
                .hasMessageStartingWith(word + ": ")
                .hasMessageNotContaining(secret);
        assertThatThrownBy(root::refresh).isExactlyInstanceOf(KeysUnavailable.class);
        service.mood(Mood.WELL);
        assertThat(root.unwrap(wrapped, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLING", "FAILING", "SEALED", "HANGING", "GARBAGE"})
    void one_bad_answer_is_asked_again_and_unnoticed(Mood mood) {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        service.mood(mood, 1);
        assertThat(root.unwrap(wrapped, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @Test
    void a_service_that_is_down_is_not_asked_twice_as_often() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        service.mood(Mood.FAILING);
        int before = service.calls();
        int callers = 100;
        for (int i = 0; i < callers; i++) {
            assertThatThrownBy(() -> root.unwrap(wrapped, PLACE)).isInstanceOf(KeysUnavailable.class);
        }
        assertThat(service.calls() - before).isLessThan(callers / 2);
    }

    @Test
    void a_hanging_service_holds_its_callers_for_two_time_limits_at_most() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        service.mood(Mood.HANGING);
        Instant begin = Instant.now();
        assertThatThrownBy(() -> root.unwrap(wrapped, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_service_that_is_away_at_the_start_leaves_the_root_sealed_until_it_answers() throws InterruptedException {
        service.goAway();
        Roots roots = roots();
        BoundRoot root = roots.current(KeyChain.EVENTS);
        assertThatThrownBy(roots::refresh).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> root.wrap(Samples.key(), PLACE))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("sealed");
        service.comeBack();
        Thread.sleep(1_050);
        roots.refresh();
        assertThat(root.wrap(Samples.key(), PLACE).rootVersion()).isEqualTo(1);
    }

    @Test
    void calls_are_counted_by_outcome() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        assertThatThrownBy(() -> root.unwrap(wrapped, ELSEWHERE)).isInstanceOf(SealBroken.class);
        service.mood(Mood.WRONG_TOKEN);
        assertThatThrownBy(() -> root.unwrap(wrapped, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThat(counted("wrap", "ok")).isEqualTo(1);
        assertThat(counted("unwrap", "broken")).isEqualTo(1);
        assertThat(counted("unwrap", "away")).isEqualTo(1);
    }

    private RemoteFactory kind() {
        return (RemoteFactory) ServiceLoader.load(RootFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private long counted(String operation, String outcome) {
        return meters.get("byok.kek.calls")
                .tags("provider", word, "operation", operation, "outcome", outcome)
                .timer()
                .count();
    }
}
