package io.byok.command.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rotation as it is shown.
 *
 * @param level {@code root}, {@code tenant} or {@code data}
 * @param chain absent for both
 * @param tenant absent for all
 * @param state {@code running}, {@code finished} or {@code failed}
 * @param total wraps or sealed credentials to renew
 * @param done renewed so far
 * @param remaining still under an old version
 * @param rate per second, absent before the first
 * @param versions what is under which version now, absent in lists
 * @param failure why it failed; while it runs, what it waits for
 */
public record RotationView(
        String id,
        String level,
        @Nullable String chain,
        @Nullable String tenant,
        String state,
        long total,
        long done,
        long remaining,
        @Nullable Double rate,
        @Nullable List<KeyVersionView> versions,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure) {

    static RotationView of(Run run, @Nullable List<KeyVersionView> versions) {
        Instant until = run.finishedAt() == null ? run.updatedAt() : run.finishedAt();
        double seconds = Duration.between(run.startedAt(), until).toMillis() / 1000.0;
        return new RotationView(
                run.id().text(),
                run.level().word(),
                run.chain() == null ? null : run.chain().word(),
                run.tenant() == null ? null : run.tenant().text(),
                run.state().word(),
                run.total(),
                run.done(),
                run.remaining(),
                run.done() == 0 || seconds <= 0 ? null : Math.round(run.done() / seconds * 10) / 10.0,
                versions,
                run.startedAt(),
                run.finishedAt(),
                run.failure());
    }
}
