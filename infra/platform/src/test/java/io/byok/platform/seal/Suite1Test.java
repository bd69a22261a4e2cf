package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class Suite1Test {

    private final SealingKey key = Samples.key();
    private final Aad place = Samples.event();

    @Test
    void what_is_sealed_opens_again_at_every_length() {
        for (int length = 0; length < 300; length++) {
            byte[] plaintext = Samples.counting(length, length);
            byte[] sealed = Suite1.seal(key, place, plaintext);
            assertThat(sealed).hasSize(106 + length);
            assertThat(Suite1.open(key, place, sealed)).isEqualTo(plaintext);
        }
    }

    @Test
    void the_same_plaintext_never_gives_the_same_bytes() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(Arrays.toString(Suite1.seal(key, place, new byte[16]))))
                    .isTrue();
        }
    }

    @Test
    void every_flipped_bit_breaks_the_seal() {
        byte[] sealed = Suite1.seal(key, place, Samples.counting(0, 64));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertBroken(changed);
        }
    }

    @Test
    void every_truncation_and_every_extension_breaks_the_seal() {
        byte[] sealed = Suite1.seal(key, place, Samples.counting(0, 64));
        for (int length = 0; length < sealed.length; length++) {
            assertBroken(Arrays.copyOf(sealed, length));
            assertBroken(Arrays.copyOfRange(sealed, sealed.length - length, sealed.length));
        }
        assertBroken(Arrays.copyOf(sealed, sealed.length + 1));
        assertBroken(Arrays.copyOf(sealed, sealed.length * 2));
    }

    @Test
    void another_key_id_or_version_with_the_same_bytes_does_not_open() {
        byte[] sealed = Suite1.seal(key, place, new byte[8]);
        byte[] secret = Samples.counting(0x40, 32);
        for (SealingKey other : new SealingKey[] {
            SealingKey.owning(Samples.DATA_KEY, 1, secret.clone()),
            SealingKey.owning(new UUID(1, 1), 2, secret.clone()),
            SealingKey.owning(Samples.DATA_KEY, 2, Samples.counting(0x41, 32))
        }) {
            assertThatThrownBy(() -> Suite1.open(other, place, sealed)).isInstanceOf(SealBroken.class);
        }
    }

    @Test
    void a_broken_seal_tells_nothing_but_that() {
        byte[] sealed = Suite1.seal(key, place, new byte[8]);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> Suite1.open(key, place, sealed))
                .isExactlyInstanceOf(SealBroken.class)
                .hasMessage("the seal does not hold")
                .hasNoCause()
                .satisfies(broken -> assertThat(broken.getStackTrace()).isEmpty());
    }

    @Test
    void a_closed_key_neither_seals_nor_opens() {
        byte[] sealed = Suite1.seal(key, place, new byte[8]);
        key.close();
        assertThatThrownBy(() -> Suite1.seal(key, place, new byte[8])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Suite1.open(key, place, sealed)).isInstanceOf(IllegalStateException.class);
    }

    private void assertBroken(byte[] changed) {
        try {
            Suite1.open(key, place, changed);
        } catch (SealBroken expected) {
            return;
        }
        throw new AssertionError("opened: " + Arrays.toString(changed));
    }
}
