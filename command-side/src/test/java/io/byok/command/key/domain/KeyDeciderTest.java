package io.byok.command.key.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.byok.command.key.domain.KeyCommand.AddKey;
import io.byok.command.key.domain.KeyCommand.ChangeKey;
import io.byok.command.key.domain.KeyCommand.DeleteKey;
import io.byok.command.key.domain.KeyCommand.DisableKey;
import io.byok.command.key.domain.KeyCommand.EnableKey;
import io.byok.command.key.domain.KeyCommand.RetireVersion;
import io.byok.command.key.domain.KeyCommand.RevokeKey;
import io.byok.command.key.domain.KeyCommand.RotateKey;
import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyDeleted;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.kernel.key.KeyEvent.KeyRevoked;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyEvent.KeyVersionRetired;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeyDeciderTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final KeyId ID = new KeyId(new UUID(1, 2));
    private static final KeyDecider DECIDER = new KeyDecider();

    private static final KeyAdded ADDED = new KeyAdded(
            ID,
            "ada",
            "openai",
            "production",
            new KeyLabel("main", null, List.of()),
            new KeyPolicy(null, 0, false),
            "sk-...9fQ2",
            "f1",
            NOON);

    private static AddKey add(KeyPolicy policy) {
        return new AddKey(
                ID,
                "ada",
                "openai",
                "production",
                new KeyLabel("main", null, List.of()),
                policy,
                "sk-...9fQ2",
                "f1",
                NOON);
    }

    private static Key given(KeyEvent... history) {
        return DECIDER.fold(List.of(history));
    }

    private static List<KeyEvent> when(Key state, KeyCommand command) {
        return DECIDER.decide(state, command);
    }

    private static void refused(String code, ThrowingCallable decision) {
        assertThatThrownBy(decision)
                .asInstanceOf(type(Rejection.class))
                .extracting(rejection -> rejection.refusal().code())
                .isEqualTo(code);
    }

    private static RotateKey rotate(Duration overlap) {
        return new RotateKey(ID, "sk-...0000", "f2", overlap, NOON.plusSeconds(60));
    }

    @Test
    void an_added_key_is_active_in_version_1() {
        List<KeyEvent> events = when(given(), add(new KeyPolicy(null, 0, false)));
        assertThat(events).containsExactly(ADDED);
        assertThat(given(ADDED)).isInstanceOf(Key.Active.class);
        assertThat(((Key.Active) given(ADDED)).facts().current()).isEqualTo(new Version.Current(1, NOON, "sk-...9fQ2"));
    }

    @Test
    void a_key_that_would_be_expired_already_is_refused() {
        refused("key-expiry-in-past", () -> when(given(), add(new KeyPolicy(NOON, 0, false))));
    }

    @Test
    void a_key_that_was_never_added_is_not_found_by_any_command() {
        for (KeyCommand command : everyCommandButAdd()) {
            refused("key-not-found", () -> when(given(), command));
        }
    }

    @Test
    void asking_for_what_already_is_leads_to_nothing() {
        assertThat(when(given(ADDED), new EnableKey(ID, null, NOON))).isEmpty();
        assertThat(when(given(ADDED), new ChangeKey(ID, KeyChange.none(), NOON)))
                .isEmpty();
        Key disabled = given(ADDED, new KeyDisabled(ID, null, NOON));
        assertThat(when(disabled, new DisableKey(ID, "again", NOON))).isEmpty();
        Key revoked = given(ADDED, new KeyRevoked(ID, null, NOON));
        assertThat(when(revoked, new RevokeKey(ID, "again", NOON))).isEmpty();
    }

    @Test
    void a_disabled_key_can_be_enabled_again() {
        Key disabled = given(ADDED, new KeyDisabled(ID, "leak?", NOON));
        assertThat(when(disabled, new EnableKey(ID, "no leak", NOON)))
                .containsExactly(new KeyEnabled(ID, "no leak", NOON));
    }

    @Test
    void a_revoked_key_is_never_active_again() {
        Key revoked = given(ADDED, new KeyRevoked(ID, null, NOON));
        refused("key-revoked", () -> when(revoked, new EnableKey(ID, null, NOON)));
        refused("key-revoked", () -> when(revoked, rotate(Duration.ZERO)));
        refused("key-revoked", () -> when(revoked, new ChangeKey(ID, KeyChange.none(), NOON)));
        assertThat(when(revoked, new DeleteKey(ID, null, NOON))).containsExactly(new KeyDeleted(ID, null, NOON));
    }

    @Test
    void a_deleted_key_takes_no_command_and_has_no_living_version() {
        Key deleted = given(ADDED, new KeyDeleted(ID, null, NOON));
        refused("key-deleted", () -> when(deleted, new EnableKey(ID, null, NOON)));
        refused("key-deleted", () -> when(deleted, new RevokeKey(ID, null, NOON)));
        assertThat(when(deleted, new DeleteKey(ID, null, NOON))).isEmpty();
        assertThat(((Key.Deleted) deleted).facts().versions()).allMatch(Version.Retired.class::isInstance);
    }

    @Test
    void rotation_without_overlap_retires_the_version_before_at_once() {
        List<KeyEvent> events = when(given(ADDED), rotate(Duration.ZERO));
        assertThat(events).containsExactly(new KeyRotated(ID, 2, "sk-...0000", "f2", null, NOON.plusSeconds(60)));
        Key rotated = given(ADDED, events.getFirst());
        assertThat(((Key.Active) rotated).facts().versions())
                .containsExactly(
                        new Version.Retired(1, NOON, "sk-...9fQ2", NOON.plusSeconds(60)),
                        new Version.Current(2, NOON.plusSeconds(60), "sk-...0000"));
    }

    @Test
    void rotation_with_overlap_keeps_the_version_before_until_its_end() {
        List<KeyEvent> events = when(given(ADDED), rotate(Duration.ofHours(1)));
        Key rotated = given(ADDED, events.getFirst());
        Instant end = NOON.plusSeconds(60).plus(Duration.ofHours(1));
        assertThat(when(rotated, new RetireVersion(ID, 1, end.minusNanos(1)))).isEmpty();
        assertThat(when(rotated, new RetireVersion(ID, 1, end))).containsExactly(new KeyVersionRetired(ID, 1, end));
    }

    @Test
    void a_second_rotation_ends_the_overlap_of_the_first() {
        Key twice = given(
                ADDED,
                new KeyRotated(ID, 2, "h2", "f2", NOON.plusSeconds(999), NOON),
                new KeyRotated(ID, 3, "h3", "f3", NOON.plusSeconds(999), NOON));
        assertThat(((Key.Active) twice).facts().versions())
                .extracting(version -> version.getClass().getSimpleName())
                .containsExactly("Retired", "Retiring", "Current");
    }

    @Test
    void an_overlap_is_not_negative_and_not_longer_than_90_days() {
        refused("overlap-invalid", () -> when(given(ADDED), rotate(Duration.ofSeconds(-1))));
        refused("overlap-invalid", () -> when(given(ADDED), rotate(Duration.ofDays(91))));
    }

    @Test
    void a_history_that_cannot_be_fails_loudly() {
        assertThatThrownBy(() -> given(ADDED, ADDED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> given(new KeyDisabled(ID, null, NOON))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> given(ADDED, new KeyRevoked(ID, null, NOON), new KeyEnabled(ID, null, NOON)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Whatever is asked in whatever order: every decided event can be applied, and revoked stays revoked. */
    @Test
    void every_decided_event_can_follow_its_state_and_revoked_is_for_ever() {
        Random random = new Random(20261122);
        for (int run = 0; run < 2_000; run++) {
            Key state = given(ADDED);
            boolean revoked = false;
            for (int step = 0; step < 30; step++) {
                List<KeyCommand> commands = everyCommandButAdd();
                KeyCommand command = commands.get(random.nextInt(commands.size()));
                try {
                    for (KeyEvent event : DECIDER.decide(state, command)) {
                        state = DECIDER.evolve(state, event);
                        revoked |= event instanceof KeyRevoked;
                    }
                } catch (Rejection no) {
                    assertThat(no.refusal().code()).startsWith("key-");
                }
                assertThat(revoked && (state instanceof Key.Active || state instanceof Key.Disabled))
                        .isFalse();
                long living = ((Key.Present) state)
                        .facts().versions().stream()
                                .filter(version -> !(version instanceof Version.Retired))
                                .count();
                assertThat(living).isLessThanOrEqualTo(2);
            }
        }
    }

    private static List<KeyCommand> everyCommandButAdd() {
        List<KeyCommand> commands = new ArrayList<>();
        commands.add(new ChangeKey(ID, KeyChange.none(), NOON));
        commands.add(rotate(Duration.ZERO));
        commands.add(rotate(Duration.ofMinutes(5)));
        commands.add(new RetireVersion(ID, 1, NOON.plus(Duration.ofDays(1))));
        commands.add(new DisableKey(ID, null, NOON));
        commands.add(new EnableKey(ID, null, NOON));
        commands.add(new RevokeKey(ID, null, NOON));
        commands.add(new DeleteKey(ID, null, NOON));
        return commands;
    }
}
