package io.byok.platform.seal;

import java.util.Arrays;
import java.util.Random;

/** What an attacker with write access may try: seeded, so that a finding can be had again. */
final class Mutation {

    private Mutation() {}

    static byte[] of(byte[] original, byte[] other, Random random) {
        byte[] changed = original.clone();
        switch (random.nextInt(6)) {
            case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            case 2 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length * 2));
            case 3 -> { // a part of another message
                int from = random.nextInt(Math.min(changed.length, other.length));
                int length = random.nextInt(Math.min(changed.length, other.length) - from + 1);
                System.arraycopy(other, from, changed, from, length);
            }
            case 4 -> { // two bytes change places
                int a = random.nextInt(changed.length);
                int b = random.nextInt(changed.length);
                byte kept = changed[a];
                changed[a] = changed[b];
                changed[b] = kept;
            }
            default -> { // a byte is inserted
                int at = random.nextInt(changed.length);
                changed = Arrays.copyOf(changed, changed.length + 1);
                System.arraycopy(original, at, changed, at + 1, original.length - at);
                changed[at] = (byte) random.nextInt();
            }
        }
        return changed;
    }
}
