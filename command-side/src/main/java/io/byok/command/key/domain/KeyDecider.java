package io.byok.command.key.domain;

import io.byok.command.key.domain.KeyCommand.AddKey;
import io.byok.command.key.domain.KeyCommand.ChangeKey;
import io.byok.command.key.domain.KeyCommand.DeleteKey;
import io.byok.command.key.domain.KeyCommand.DisableKey;
import io.byok.command.key.domain.KeyCommand.EnableKey;
import io.byok.command.key.domain.KeyCommand.RetireVersion;
import io.byok.command.key.domain.KeyCommand.RevokeKey;
import io.byok.command.key.domain.KeyCommand.RotateKey;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyChanged;
import io.byok.kernel.key.KeyEvent.KeyDeleted;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.kernel.key.KeyEvent.KeyRevoked;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyEvent.KeyVersionRetired;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyNotFound;
import io.byok.kernel.key.KeyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a key's life. Asking for what already is leads to nothing and is no refusal, so that a repeated request
 * is harmless; revoked and deleted are for ever.
 */
public final class KeyDecider implements Decider<KeyCommand, Key, KeyEvent> {

    /** An overlap is a bridge between two credentials, not a second key. */
    static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

    @Override
    public Key initial() {
        return new Key.Absent();
    }

    @Override
    public List<KeyEvent> decide(Key state, KeyCommand command) {
        return switch (command) {
            case AddKey add -> add(state, add);
            case ChangeKey change -> change(usable(state).facts(), change);
            case RotateKey rotate -> rotate(usable(state).facts(), rotate);
            case RetireVersion retire -> retire(present(state), retire);
            case DisableKey disable -> disable(usable(state), disable);
            case EnableKey enable -> enable(usable(state), enable);
            case RevokeKey revoke -> revoke(present(state), revoke);
            case DeleteKey delete -> delete(present(state), delete);
        };
    }

    private static List<KeyEvent> add(Key state, AddKey add) {
        if (!(state instanceof Key.Absent)) {
            throw Rejection.of(KeyRefusal.EXISTS);
        }
        refuseExpired(add.policy(), add.at());
        return List.of(new KeyAdded(
                add.key(),
                add.userId(),
                add.provider(),
                add.environment(),
                add.label(),
                add.policy(),
                add.hint(),
                add.fingerprint(),
                add.at()));
    }

    private static List<KeyEvent> change(Key.Facts facts, ChangeKey change) {
        KeyLabel label = change.change().applyTo(facts.label());
        KeyPolicy policy = change.change().applyTo(facts.policy());
        if (label.equals(facts.label()) && policy.equals(facts.policy())) {
            return List.of();
        }
        if (policy.expiresAt() != null
                && !policy.expiresAt().equals(facts.policy().expiresAt())) {
            refuseExpired(policy, change.at());
        }
        return List.of(new KeyChanged(change.key(), label, policy, change.at()));
    }

    private static List<KeyEvent> rotate(Key.Facts facts, RotateKey rotate) {
        if (rotate.overlap().isNegative() || rotate.overlap().compareTo(LONGEST_OVERLAP) > 0) {
            throw Rejection.of(KeyRefusal.OVERLAP_TOO_LONG);
        }
        Instant previousUntil = rotate.overlap().isZero() ? null : rotate.at().plus(rotate.overlap());
        return List.of(new KeyRotated(
                rotate.key(),
                facts.current().number() + 1,
                rotate.hint(),
                rotate.fingerprint(),
                previousUntil,
                rotate.at()));
    }

    private static List<KeyEvent> retire(Key.Present key, RetireVersion retire) {
        return key.facts().versions().stream()
                .filter(version -> version.number() == retire.version())
                .filter(version -> version instanceof Version.Retiring retiring
                        && !retire.at().isBefore(retiring.until()))
                .<KeyEvent>map(version -> new KeyVersionRetired(retire.key(), version.number(), retire.at()))
                .toList();
    }

    private static List<KeyEvent> disable(Key.Present key, DisableKey disable) {
        return key instanceof Key.Disabled
                ? List.of()
                : List.of(new KeyDisabled(disable.key(), disable.reason(), disable.at()));
    }

    private static List<KeyEvent> enable(Key.Present key, EnableKey enable) {
        return key instanceof Key.Active
                ? List.of()
                : List.of(new KeyEnabled(enable.key(), enable.reason(), enable.at()));
    }

    private static List<KeyEvent> revoke(Key.Present key, RevokeKey revoke) {
        return switch (key) {
            case Key.Active _, Key.Disabled _ -> List.of(new KeyRevoked(revoke.key(), revoke.reason(), revoke.at()));
            case Key.Revoked _ -> List.of();
            case Key.Deleted _ -> throw Rejection.of(KeyRefusal.DELETED);
        };
    }

    private static List<KeyEvent> delete(Key.Present key, DeleteKey delete) {
        return key instanceof Key.Deleted
                ? List.of()
                : List.of(new KeyDeleted(delete.key(), delete.reason(), delete.at()));
    }

    private static Key.Present present(Key state) {
        return switch (state) {
            case Key.Absent _ -> throw Rejection.of(KeyNotFound.KEY_NOT_FOUND);
            case Key.Present present -> present;
        };
    }

    private static Key.Present usable(Key state) {
        return switch (present(state)) {
            case Key.Active active -> active;
            case Key.Disabled disabled -> disabled;
            case Key.Revoked _ -> throw Rejection.of(KeyRefusal.REVOKED);
            case Key.Deleted _ -> throw Rejection.of(KeyRefusal.DELETED);
        };
    }

    private static void refuseExpired(KeyPolicy policy, Instant at) {
        @Nullable Instant expiresAt = policy.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(at)) {
            throw Rejection.of(KeyRefusal.EXPIRES_IN_PAST);
        }
    }

    @Override
    public Key evolve(Key state, KeyEvent event) {
        return KeyEvolution.evolve(state, event);
    }
}
