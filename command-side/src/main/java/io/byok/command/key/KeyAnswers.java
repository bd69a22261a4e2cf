package io.byok.command.key;

import io.byok.command.bus.Receipt;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.http.CommandAnswer;
import io.byok.command.key.domain.Key;
import io.byok.kernel.Rejection;
import io.byok.kernel.key.KeyNotFound;
import java.net.URI;
import java.time.Duration;

/** How commands on keys answer, the first time and every time after. */
final class KeyAnswers {

    private final KeyHistory history;
    private final Duration rotateAfter;

    KeyAnswers(KeyHistory history, Duration rotateAfter) {
        this.history = history;
        this.rotateAfter = rotateAfter;
    }

    CommandAnswer created(Receipt<Key> receipt) {
        return created(present(receipt.state()), receipt.version(), receipt.position());
    }

    CommandAnswer createdAgain(IdempotencyRecord remembered) {
        return created(
                history.at(remembered.stream(), remembered.sequence()), remembered.sequence(), remembered.position());
    }

    CommandAnswer ok(Receipt<Key> receipt) {
        return ok(present(receipt.state()), receipt.version(), receipt.position());
    }

    CommandAnswer okAgain(IdempotencyRecord remembered) {
        return ok(history.at(remembered.stream(), remembered.sequence()), remembered.sequence(), remembered.position());
    }

    private CommandAnswer created(Key.Present key, long version, long position) {
        URI location = URI.create("/v1/keys/" + key.facts().id());
        return CommandAnswer.created(location, version, position, KeyBody.of(key, version, rotateAfter));
    }

    private CommandAnswer ok(Key.Present key, long version, long position) {
        return CommandAnswer.ok(version, position, KeyBody.of(key, version, rotateAfter));
    }

    private static Key.Present present(Key key) {
        return switch (key) {
            case Key.Absent _ -> throw Rejection.of(KeyNotFound.KEY_NOT_FOUND);
            case Key.Present present -> present;
        };
    }
}
