package io.byok.command.rotation;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Order;
import io.byok.command.rotation.domain.Rotation;
import io.byok.command.rotation.domain.RotationCommand;
import io.byok.command.rotation.domain.RotationCommand.FinishRotation;
import io.byok.command.rotation.domain.RotationCommand.RecordDestroyed;
import io.byok.command.rotation.domain.RotationCommand.StartRotation;
import io.byok.kernel.RotationId;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyChain;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts rotations on record, in the history of the operator's tenant, as its audit shows it. Each fact once. */
final class RotationLog {

    private final Commands commands;
    private final Clock clock;

    RotationLog(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    void started(Run run) {
        String chain = run.chain() == null ? null : run.chain().word();
        send(run, new StartRotation(run.id(), run.level().word(), chain, run.tenant(), now()));
    }

    void destroyed(Run run, KeyChain chain, @Nullable TenantId tenant, UUID key, int version) {
        // The same name at every repeat: a stream that is there already takes no second event.
        RotationId stream = new RotationId(UUID.nameUUIDFromBytes(
                (run.level().word() + "/" + key + "/" + version).getBytes(StandardCharsets.US_ASCII)));
        send(run, new RecordDestroyed(stream, run.id(), run.level().word(), chain.word(), tenant, key, version, now()));
    }

    void ended(Run run, Run.State outcome, long done, long remaining, @Nullable String failure) {
        send(run, new FinishRotation(run.id(), outcome.word(), done, remaining, failure, now()));
    }

    private void send(Run run, RotationCommand command) {
        commands.<RotationCommand, Rotation>send(new Order<>(
                RotationCommand.class, command, StreamId.of(command.rotation()), run.operator(), null, run.by(), null));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
