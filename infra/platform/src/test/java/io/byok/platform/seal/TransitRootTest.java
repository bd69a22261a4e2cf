package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.root.RootChoice;
import io.byok.platform.seal.root.Surroundings;
import io.byok.testkit.ScriptedTransit;
import io.byok.testkit.ScriptedTransit.Mood;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitRootTest {

    private static final Aad PLACE = Samples.wrappedKey();
    private static final Aad ELSEWHERE =
            Aad.wrappedKey(Samples.TENANT, Samples.EVENT, 2, Samples.DATA_KEY, 2, "subject", Samples.SUBJECT.value());

    private final ScriptedTransit transit = new ScriptedTransit();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "byok.kek",
            "transit",
            "byok.kek.timeout",
            "1s",
            "byok.kek.transit.address",
            transit.address(),
            "byok.kek.transit.token",
            ScriptedTransit.TOKEN));

    @AfterEach
    void close() {
        transit.close();
    }

    private Roots roots() {
        return new RootChoice(settings::get).open(new Surroundings(meters, () -> true));
    }

    private BoundRoot unsealed() {
        BoundRoot root = roots().current(KeyChain.EVENTS);
        root.refresh();
        return root;
    }

    @Test
    void a_key_opens_in_its_place_on_every_node_and_in_no_other_place() {
        WrappedKek wrapped = unsealed().wrap(Samples.key(), PLACE);
        assertThat(unsealed().unwrap(wrapped, PLACE)).isEqualTo(Samples.counting(0x40, 32));
        assertThatThrownBy(() -> unsealed().unwrap(wrapped, ELSEWHERE)).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> unsealed().rewrap(wrapped, ELSEWHERE)).isInstanceOf(SealBroken.class);
    }

    @Test
    void the_two_chains_are_two_keys_and_two_roots() {
        Roots roots = roots();
        roots.refresh();
        BoundRoot credentials = roots.current(KeyChain.CREDENTIALS);
        WrappedKek wrapped = roots.current(KeyChain.EVENTS).wrap(Samples.key(), PLACE);
        assertThatThrownBy(() -> credentials.unwrap(wrapped, PLACE)).isInstanceOf(SealBroken.class);
        assertThat(credentials.describe().root())
                .isNotEqualTo(roots.current(KeyChain.EVENTS).describe().root());
        settings.put("byok.kek.transit.credentials", "byok-events");
        assertThatThrownBy(this::roots).isInstanceOf(KeyRefused.class).hasMessageContaining("two chains need two");
    }

    @Test
    void versions_are_made_moved_to_and_destroyed_for_good() {
        BoundRoot root = unsealed();
        UUID before = root.describe().root();
        WrappedKek first = root.wrap(Samples.key(), PLACE);
        assertThat(root.addVersion()).isEqualTo(2);
        WrappedKek second = root.rewrap(first, PLACE);
        assertThat(second.rootVersion()).isEqualTo(2);
        assertThat(root.unwrap(second, PLACE)).isEqualTo(root.unwrap(first, PLACE));
        assertThat(root.describe().root()).isEqualTo(before);

        assertThatThrownBy(() -> root.destroyVersion(2)).isInstanceOf(KeyRefused.class);
        root.destroyVersion(1);
        root.destroyVersion(1);
        assertThat(root.describe().versions()).containsExactly(2);
        assertThatThrownBy(() -> root.unwrap(first, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThat(unsealed().unwrap(second, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @Test
    void a_version_made_elsewhere_is_found_when_a_wrap_names_it() throws InterruptedException {
        BoundRoot here = unsealed();
        transit.rotate("byok-events");
        WrappedKek newer = unsealed().wrap(Samples.key(), PLACE);
        assertThat(newer.rootVersion()).isEqualTo(2);
        assertThat(here.wrap(Samples.key(), PLACE).rootVersion()).isEqualTo(1);
        Thread.sleep(1_050); // looked for at most once a second
        assertThat(here.unwrap(newer, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @Test
    void no_mutation_of_a_wrap_opens_or_is_taken_for_an_outage() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        WrappedKek other = root.wrap(Samples.key(), ELSEWHERE);
        Random random = new Random(20261123);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = Mutation.of(wrapped.bytes(), other.bytes(), random);
            if (!Arrays.equals(changed, wrapped.bytes())) {
                assertThatThrownBy(() -> root.unwrap(new WrappedKek(1, changed), PLACE))
                        .isExactlyInstanceOf(SealBroken.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLING", "FAILING", "SEALED", "HANGING", "GARBAGE", "WRONG_TOKEN"})
    void what_is_wrong_with_the_service_is_never_taken_for_tampering(Mood mood) {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        transit.mood(mood);
        assertThatThrownBy(() -> root.unwrap(wrapped, PLACE))
                .isExactlyInstanceOf(KeysUnavailable.class)
                .hasMessageStartingWith("transit: ")
                .hasMessageNotContaining(ScriptedTransit.TOKEN);
        transit.mood(Mood.WELL);
        assertThat(root.unwrap(wrapped, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLING", "FAILING", "SEALED", "HANGING", "GARBAGE"})
    void one_bad_answer_is_asked_again_and_unnoticed(Mood mood) {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        transit.mood(mood, 1);
        assertThat(root.unwrap(wrapped, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @Test
    void a_service_that_is_down_is_not_asked_twice_as_often() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        transit.mood(Mood.FAILING);
        int before = transit.calls();
        int callers = 100;
        for (int i = 0; i < callers; i++) {
            assertThatThrownBy(() -> root.unwrap(wrapped, PLACE)).isInstanceOf(KeysUnavailable.class);
        }
        assertThat(transit.calls() - before).isLessThan(callers / 2);
    }

    @Test
    void a_hanging_service_holds_its_callers_for_two_time_limits_at_most() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        transit.mood(Mood.HANGING);
        Instant begin = Instant.now();
        assertThatThrownBy(() -> root.unwrap(wrapped, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_service_that_is_away_at_the_start_leaves_the_root_sealed_until_it_answers() throws InterruptedException {
        transit.goAway();
        Roots roots = roots();
        BoundRoot root = roots.current(KeyChain.EVENTS);
        assertThatThrownBy(roots::refresh).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> root.wrap(Samples.key(), PLACE))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("sealed");
        transit.comeBack();
        Thread.sleep(1_050);
        roots.refresh();
        assertThat(root.wrap(Samples.key(), PLACE).rootVersion()).isEqualTo(1);
    }

    @Test
    void a_key_that_can_be_exported_or_is_not_derived_is_no_root() {
        transit.spoil("byok-events", true, true);
        assertThatThrownBy(this::unsealed).isInstanceOf(KeyRefused.class).hasMessageContaining("exportable=false");
        transit.spoil("byok-events", false, false);
        assertThatThrownBy(this::unsealed).isInstanceOf(KeyRefused.class).hasMessageContaining("derived=true");
    }

    @Test
    void calls_are_counted_by_outcome() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        assertThatThrownBy(() -> root.unwrap(wrapped, ELSEWHERE)).isInstanceOf(SealBroken.class);
        transit.mood(Mood.WRONG_TOKEN);
        assertThatThrownBy(() -> root.unwrap(wrapped, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThat(counted("wrap", "ok")).isEqualTo(1);
        assertThat(counted("unwrap", "broken")).isEqualTo(1);
        assertThat(counted("unwrap", "away")).isEqualTo(1);
    }

    private long counted(String operation, String outcome) {
        return meters.get("byok.kek.calls")
                .tags("provider", "transit", "operation", operation, "outcome", outcome)
                .timer()
                .count();
    }
}
