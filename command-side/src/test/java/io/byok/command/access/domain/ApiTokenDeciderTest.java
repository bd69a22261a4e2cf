package io.byok.command.access.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.access.domain.ApiTokenCommand.CreateApiToken;
import io.byok.command.access.domain.ApiTokenCommand.RevokeApiToken;
import io.byok.command.access.domain.ApiTokenCommand.RotateApiToken;
import io.byok.kernel.Rejection;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.AccessEvent;
import io.byok.kernel.access.AccessEvent.ApiTokenConfined;
import io.byok.kernel.access.AccessEvent.ApiTokenCreated;
import io.byok.kernel.access.AccessEvent.ApiTokenRotated;
import io.byok.kernel.access.Confinement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiTokenDeciderTest {

    private static final TokenId TOKEN = new TokenId(new UUID(1, 2));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Confinement OPENAI = new Confinement(List.of(), List.of("openai"), List.of());

    private final ApiTokenDecider decider = new ApiTokenDecider();

    private ApiToken after(ApiToken state, ApiTokenCommand command) {
        ApiToken now = state;
        for (AccessEvent event : decider.decide(state, command)) {
            now = decider.evolve(now, event);
        }
        return now;
    }

    private static CreateApiToken create(@Nullable Instant expiresAt, Confinement within) {
        return new CreateApiToken(TOKEN, "ci", List.of("keys:read"), "byok_live_...0000", expiresAt, within, NOW);
    }

    private static RotateApiToken rotate(Duration overlap, Instant at) {
        return new RotateApiToken(TOKEN, "byok_live_...1111", overlap, at);
    }

    @Test
    void a_token_that_is_not_confined_says_nothing_of_it() {
        assertThat(decider.decide(decider.initial(), create(null, Confinement.NONE)))
                .singleElement()
                .isInstanceOf(ApiTokenCreated.class);
    }

    @Test
    void a_confined_token_is_confined_with_the_commit_that_makes_it() {
        assertThat(decider.decide(decider.initial(), create(null, OPENAI)))
                .last()
                .isEqualTo(new ApiTokenConfined(TOKEN, OPENAI, NOW));
    }

    @Test
    void the_text_before_a_rotation_opens_until_the_overlap_ends() {
        ApiToken made = after(decider.initial(), create(null, OPENAI));
        ApiToken.Valid rotated = (ApiToken.Valid) after(made, rotate(Duration.ofMinutes(5), NOW));
        assertThat(rotated.facts().previousUntil()).isEqualTo(NOW.plusSeconds(300));
        assertThat(rotated.facts().mask()).isEqualTo("byok_live_...1111");
        assertThat(rotated.facts().within()).isEqualTo(OPENAI);
    }

    @Test
    void without_an_overlap_the_text_before_opens_nothing() {
        ApiToken made = after(decider.initial(), create(null, Confinement.NONE));
        assertThat(decider.decide(made, rotate(Duration.ZERO, NOW)))
                .containsExactly(new ApiTokenRotated(TOKEN, "byok_live_...1111", null, NOW));
    }

    @Test
    void an_overlap_never_outlasts_the_token() {
        ApiToken made = after(decider.initial(), create(NOW.plusSeconds(60), Confinement.NONE));
        ApiToken.Valid rotated = (ApiToken.Valid) after(made, rotate(Duration.ofDays(1), NOW));
        assertThat(rotated.facts().previousUntil()).isEqualTo(NOW.plusSeconds(60));
        assertThat(rotated.facts().expiresAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void what_is_revoked_or_expired_is_not_rotated_back_to_life() {
        ApiToken made = after(decider.initial(), create(NOW.plusSeconds(60), Confinement.NONE));
        assertThatThrownBy(() -> decider.decide(made, rotate(Duration.ZERO, NOW.plusSeconds(60))))
                .isInstanceOf(Rejection.class);
        ApiToken revoked = after(made, new RevokeApiToken(TOKEN, null, NOW));
        assertThatThrownBy(() -> decider.decide(revoked, rotate(Duration.ZERO, NOW)))
                .isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> decider.decide(decider.initial(), rotate(Duration.ZERO, NOW)))
                .isInstanceOf(Rejection.class);
    }
}
