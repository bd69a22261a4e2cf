package io.byok.command.key.domain;

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
import io.byok.kernel.key.KeyPolicy;
import java.time.Instant;
import java.util.List;

/** What each event does to a key. A transition that the decider never decides is a damaged history and fails loudly. */
final class KeyEvolution {

    private KeyEvolution() {}

    static Key evolve(Key state, KeyEvent event) {
        return switch (event) {
            case KeyAdded added when state instanceof Key.Absent -> new Key.Active(born(added));
            case KeyAdded _ -> throw impossible(state, event);
            case KeyChanged changed ->
                with(state, event, relabelled(facts(state, event), changed.label(), changed.policy(), changed.at()));
            case KeyRotated rotated -> with(state, event, rotated(facts(state, event), rotated));
            case KeyVersionRetired retired -> with(state, event, retired(facts(state, event), retired));
            case KeyDisabled disabled -> new Key.Disabled(touched(facts(state, event), disabled.at()));
            case KeyEnabled enabled -> new Key.Active(touched(facts(state, event), enabled.at()));
            case KeyRevoked revoked -> new Key.Revoked(touched(facts(state, event), revoked.at()));
            case KeyDeleted deleted -> new Key.Deleted(destroyed(facts(state, event), deleted.at()));
        };
    }

    private static Key.Facts born(KeyAdded added) {
        return new Key.Facts(
                added.key(),
                added.userId(),
                added.provider(),
                added.environment(),
                added.label(),
                added.policy(),
                added.hint(),
                added.fingerprint(),
                List.of(new Version.Current(1, added.at(), added.hint())),
                added.at(),
                added.at());
    }

    private static Key.Facts rotated(Key.Facts facts, KeyRotated rotated) {
        return copy(
                facts,
                rotated.hint(),
                rotated.fingerprint(),
                Version.rotated(
                        facts.versions(), rotated.version(), rotated.hint(), rotated.previousUntil(), rotated.at()),
                rotated.at());
    }

    private static Key.Facts retired(Key.Facts facts, KeyVersionRetired retired) {
        return versions(
                facts,
                facts.versions().stream()
                        .map(version -> version.number() == retired.version() ? version.retired(retired.at()) : version)
                        .toList(),
                retired.at());
    }

    private static Key.Facts destroyed(Key.Facts facts, Instant at) {
        return versions(
                facts,
                facts.versions().stream().map(version -> version.retired(at)).toList(),
                at);
    }

    private static Key.Facts touched(Key.Facts facts, Instant at) {
        return versions(facts, facts.versions(), at);
    }

    private static Key.Facts versions(Key.Facts facts, List<Version> versions, Instant at) {
        return copy(facts, facts.hint(), facts.fingerprint(), versions, at);
    }

    private static Key.Facts copy(
            Key.Facts facts, String hint, String fingerprint, List<Version> versions, Instant at) {
        return new Key.Facts(
                facts.id(),
                facts.userId(),
                facts.provider(),
                facts.environment(),
                facts.label(),
                facts.policy(),
                hint,
                fingerprint,
                versions,
                facts.createdAt(),
                at);
    }

    private static Key.Facts relabelled(Key.Facts facts, KeyLabel label, KeyPolicy policy, Instant at) {
        return new Key.Facts(
                facts.id(),
                facts.userId(),
                facts.provider(),
                facts.environment(),
                label,
                policy,
                facts.hint(),
                facts.fingerprint(),
                facts.versions(),
                facts.createdAt(),
                at);
    }

    private static Key with(Key state, KeyEvent event, Key.Facts facts) {
        return switch (state) {
            case Key.Absent _ -> throw impossible(state, event);
            case Key.Active _ -> new Key.Active(facts);
            case Key.Disabled _ -> new Key.Disabled(facts);
            case Key.Revoked _ -> new Key.Revoked(facts);
            case Key.Deleted _ -> throw impossible(state, event);
        };
    }

    private static Key.Facts facts(Key state, KeyEvent event) {
        return switch (state) {
            case Key.Absent _, Key.Deleted _ -> throw impossible(state, event);
            case Key.Revoked revoked
            when !(event instanceof KeyDeleted || event instanceof KeyVersionRetired) -> throw impossible(state, event);
            case Key.Present present -> present.facts();
        };
    }

    private static IllegalStateException impossible(Key state, KeyEvent event) {
        return new IllegalStateException(event.getClass().getSimpleName() + " cannot follow "
                + state.getClass().getSimpleName());
    }
}
