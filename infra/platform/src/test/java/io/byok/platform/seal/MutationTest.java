package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an attacker with write access to sealed bytes may try, a million times: nothing opens, and all fail alike. */
class MutationTest {

    private static final int SEEDED = 1_000_000;

    /** Where the parts of a sealed message begin; the last is its end. */
    private static final int[] PARTS = {0, 2, 3, 5, 6, 22, 26, 58, 90};

    private final SealingKey key = Samples.key();
    private final List<Aad> places = List.of(Samples.event(), Samples.secret(), Samples.wrappedKey());
    private long tried;

    @Test
    void nothing_that_was_changed_ever_opens_and_all_of_it_fails_alike() {
        for (Aad place : places) {
            byte[] one = Suite1.seal(key, place, Samples.counting(0, 48));
            byte[] other = Suite1.seal(key, place, Samples.counting(7, 48));
            everyBit(place, one);
            everyTruncation(place, one);
            everyFieldOfAnother(place, one, other);
        }
        long begun = tried;
        Random random = new Random(20261123);
        byte[][] sealed = new byte[24][];
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = Suite1.seal(key, places.get(i % places.size()), Samples.counting(i, i * 5));
        }
        while (tried - begun < SEEDED) {
            int at = random.nextInt(sealed.length);
            byte[] changed = Mutation.of(sealed[at], sealed[random.nextInt(sealed.length)], random);
            if (!Arrays.equals(sealed[at], changed)) {
                assertBroken(places.get(at % places.size()), changed, sealed);
            }
        }
        assertThat(tried).isGreaterThan(SEEDED);
    }

    private void everyBit(Aad place, byte[] one) {
        for (int bit = 0; bit < one.length * Byte.SIZE; bit++) {
            byte[] changed = one.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertBroken(place, changed);
        }
    }

    private void everyTruncation(Aad place, byte[] one) {
        for (int length = 0; length < one.length; length++) {
            assertBroken(place, Arrays.copyOf(one, length));
            assertBroken(place, Arrays.copyOfRange(one, one.length - length, one.length));
        }
    }

    /** Every mixture of the parts of two messages for the same place under the same key. */
    private void everyFieldOfAnother(Aad place, byte[] one, byte[] other) {
        int tag = one.length - 16;
        int parts = PARTS.length + 1;
        for (int chosen = 1; chosen < 1 << parts; chosen++) {
            byte[] mixed = one.clone();
            for (int part = 0; part < parts; part++) {
                if ((chosen & 1 << part) != 0) {
                    int from = part < PARTS.length ? PARTS[part] : tag;
                    int to = part + 1 < PARTS.length ? PARTS[part + 1] : part < PARTS.length ? tag : one.length;
                    System.arraycopy(other, from, mixed, from, to - from);
                }
            }
            if (!Arrays.equals(mixed, one) && !Arrays.equals(mixed, other)) {
                assertBroken(place, mixed);
            }
        }
    }

    /** @param genuine a mutation may happen to give one of these, of the same place, which opens rightly */
    private void assertBroken(Aad place, byte[] changed, byte[]... genuine) {
        tried++;
        try {
            Suite1.open(key, place, changed);
        } catch (SealBroken broken) {
            if (!"the seal does not hold".equals(broken.getMessage())
                    || broken.getCause() != null
                    || broken.getStackTrace().length > 0) {
                throw new AssertionError("a broken seal that tells more than that", broken);
            }
            return;
        }
        if (Arrays.stream(genuine).noneMatch(known -> Arrays.equals(known, changed))) {
            throw new AssertionError("opened: " + Arrays.toString(changed));
        }
    }
}
