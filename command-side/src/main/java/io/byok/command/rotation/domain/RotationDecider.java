package io.byok.command.rotation.domain;

import io.byok.command.rotation.domain.RotationCommand.FinishRotation;
import io.byok.command.rotation.domain.RotationCommand.RecordDestroyed;
import io.byok.command.rotation.domain.RotationCommand.StartRotation;
import io.byok.kernel.Decider;
import io.byok.kernel.rotation.RotationEvent;
import io.byok.kernel.rotation.RotationEvent.KeyRotationFinished;
import io.byok.kernel.rotation.RotationEvent.KeyRotationStarted;
import io.byok.kernel.rotation.RotationEvent.KeyVersionDestroyed;
import java.util.List;

/** Records each step once, however often a run that was interrupted tells it again. */
public final class RotationDecider implements Decider<RotationCommand, Rotation, RotationEvent> {

    @Override
    public Rotation initial() {
        return new Rotation.Absent();
    }

    @Override
    public List<RotationEvent> decide(Rotation state, RotationCommand command) {
        return switch (command) {
            case StartRotation start
            when state instanceof Rotation.Absent ->
                List.of(new KeyRotationStarted(
                        start.rotation(), start.level(), start.chain(), start.tenant(), start.at()));
            case RecordDestroyed gone
            when state instanceof Rotation.Absent ->
                List.of(new KeyVersionDestroyed(
                        gone.rotation(),
                        gone.by(),
                        gone.level(),
                        gone.chain(),
                        gone.tenant(),
                        gone.key(),
                        gone.version(),
                        gone.at()));
            case FinishRotation finish
            when state instanceof Rotation.Running ->
                List.of(new KeyRotationFinished(
                        finish.rotation(),
                        finish.outcome(),
                        finish.done(),
                        finish.remaining(),
                        finish.failure(),
                        finish.at()));
            case StartRotation _, RecordDestroyed _, FinishRotation _ -> List.of();
        };
    }

    @Override
    public Rotation evolve(Rotation state, RotationEvent event) {
        return switch (event) {
            case KeyRotationStarted _ -> new Rotation.Running();
            case KeyVersionDestroyed _ -> new Rotation.Destroyed();
            case KeyRotationFinished _ -> new Rotation.Ended();
        };
    }
}
