package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.root.RootChoice;
import io.byok.platform.seal.root.Surroundings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every root keeps to, wherever it is kept. A kind of root extends this with its settings. */
public abstract class RootContract {

    static final Aad PLACE = Samples.wrappedKey();
    static final Aad ELSEWHERE =
            Aad.wrappedKey(Samples.TENANT, Samples.EVENT, 2, Samples.DATA_KEY, 2, "subject", Samples.SUBJECT.value());

    protected final MeterRegistry meters = new SimpleMeterRegistry();
    protected final Map<String, String> settings = new HashMap<>();

    /** How many mutations of a wrap are tried. */
    protected int mutations() {
        return 2_000;
    }

    protected final Roots roots() {
        return new RootChoice(settings::get).open(new Surroundings(meters, () -> false));
    }

    /** Another node's root of the events, which has seen its versions. */
    final BoundRoot unsealed() {
        BoundRoot root = roots().current(KeyChain.EVENTS);
        root.refresh();
        return root;
    }

    /** For tests in other packages: whether a node with these settings comes to have its root. */
    protected final void unseal() {
        unsealed();
    }

    /** As {@link #unseal}, and wraps. */
    protected final void wrapped() {
        unsealed().wrap(Samples.key(), PLACE);
    }

    @Test
    void a_key_opens_in_its_place_on_every_node_and_in_no_other_place() {
        WrappedKek wrapped = unsealed().wrap(Samples.key(), PLACE);
        BoundRoot elsewhere = unsealed();
        assertThat(elsewhere.unwrap(wrapped, PLACE)).isEqualTo(Samples.counting(0x40, 32));
        assertThatThrownBy(() -> elsewhere.unwrap(wrapped, ELSEWHERE)).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> elsewhere.rewrap(wrapped, ELSEWHERE)).isInstanceOf(SealBroken.class);
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
    }

    @Test
    protected void versions_are_made_moved_to_and_destroyed_for_good() {
        BoundRoot root = unsealed();
        UUID before = root.describe().root();
        WrappedKek first = root.wrap(Samples.key(), PLACE);
        assertThat(first.rootVersion()).isEqualTo(1);
        assertThat(root.addVersion()).isEqualTo(2);
        WrappedKek second = root.rewrap(first, PLACE);
        assertThat(second.rootVersion()).isEqualTo(2);
        assertThat(root.unwrap(second, PLACE)).isEqualTo(root.unwrap(first, PLACE));
        assertThat(root.wrap(Samples.key(), PLACE).rootVersion()).isEqualTo(2);
        assertThat(root.describe().root()).isEqualTo(before);

        assertThatThrownBy(() -> root.destroyVersion(2)).isInstanceOf(KeyRefused.class);
        root.destroyVersion(1);
        root.destroyVersion(1);
        assertThat(root.describe().versions()).containsExactly(2);
        assertThatThrownBy(() -> root.unwrap(first, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> unsealed().unwrap(first, PLACE)).isInstanceOf(KeysUnavailable.class);
        assertThat(unsealed().unwrap(second, PLACE)).isEqualTo(Samples.counting(0x40, 32));
    }

    @Test
    void a_wrap_that_claims_another_version_does_not_open() {
        BoundRoot root = unsealed();
        WrappedKek first = root.wrap(Samples.key(), PLACE);
        root.addVersion();
        assertThatThrownBy(() -> root.unwrap(new WrappedKek(2, first.bytes()), PLACE))
                .isExactlyInstanceOf(SealBroken.class);
    }

    @Test
    void no_mutation_of_a_wrap_opens_or_is_taken_for_an_outage() {
        BoundRoot root = unsealed();
        WrappedKek wrapped = root.wrap(Samples.key(), PLACE);
        WrappedKek other = root.wrap(Samples.key(), ELSEWHERE);
        Random random = new Random(20261123);
        for (int i = 0; i < mutations(); i++) {
            byte[] changed = Mutation.of(wrapped.bytes(), other.bytes(), random);
            if (!Arrays.equals(changed, wrapped.bytes())) {
                assertThatThrownBy(() -> root.unwrap(new WrappedKek(1, changed), PLACE))
                        .isExactlyInstanceOf(SealBroken.class);
            }
        }
    }
}
