package io.byok.command.rotation;

import io.byok.command.bus.Ids;
import io.byok.command.rotation.domain.RotationRefusal;
import io.byok.kernel.Rejection;
import io.byok.kernel.RotationId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.RootRotation;
import io.byok.platform.web.Caller;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where rotations are asked for and looked at. */
final class Rotations {

    private final RunTable runs;
    private final RootRotation roots;
    private final RotationJob job;
    private final Ids ids;

    Rotations(RunTable runs, RootRotation roots, RotationJob job, Ids ids) {
        this.runs = runs;
        this.roots = roots;
        this.job = job;
        this.ids = ids;
    }

    /**
     * Notes what is to be done and returns; some node does it.
     *
     * @throws Rejection when one of this level runs
     */
    Run start(Caller caller, KeyLevel level, @Nullable KeyChain chain, @Nullable TenantId tenant) {
        RotationId id = ids.rotation();
        boolean moves = level == KeyLevel.ROOT
                && Arrays.stream(KeyChain.values())
                        .filter(each -> chain == null || chain == each)
                        .anyMatch(roots::leaves);
        if (!runs.open(id, level, chain, tenant, moves, caller.tenant(), caller.provenance())) {
            throw new Rejection(
                    RotationRefusal.RUNNING,
                    runs.running(level)
                            .map(run -> "It is " + run.id() + ".")
                            .orElse("It has ended this moment; ask again."));
        }
        job.wake();
        return one(id);
    }

    /** @throws Rejection when there is none */
    Run one(RotationId id) {
        return runs.find(id).orElseThrow(() -> Rejection.of(RotationRefusal.NOT_FOUND));
    }

    /** The last hundred, newest first. */
    List<Run> last() {
        return runs.last();
    }
}
