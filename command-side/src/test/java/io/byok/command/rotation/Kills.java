package io.byok.command.rotation;

import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.RotationWatch;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends runs at random steps, as a kill would, until there have been enough. */
final class Kills implements RotationWatch {

    /** The end of a run. */
    static final class Killed extends RuntimeException {}

    private final Random random;
    private int left;
    private int steps;
    private final Map<Step, Integer> at = new EnumMap<>(Step.class);

    Kills(long seed, int kills) {
        this.random = new Random(seed);
        this.left = kills;
        arm();
    }

    int left() {
        return left;
    }

    /** How many kills hit which step. */
    Map<Step, Integer> at() {
        return at;
    }

    @Override
    public String toString() {
        return at.toString();
    }

    private void arm() {
        steps = random.nextInt(12);
    }

    @Override
    public void reached(Step step) {
        if (left > 0 && steps-- <= 0) {
            left--;
            at.merge(step, 1, Integer::sum);
            arm();
            throw new Killed();
        }
    }

    @Override
    public void moved(int count) {}

    @Override
    public void broken(UUID key, int version) {
        throw new AssertionError("nothing was tampered with, and " + key + " does not open");
    }

    @Override
    public void destroyed(KeyChain chain, @Nullable TenantId tenant, UUID key, int version) {}
}
