package io.byok.query.audit.state;

import io.byok.kernel.KeyId;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyPolicy;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds what happened to keys. */
final class KeysThen {

    static final int MOST = 50_000;
    private static final String ACTIVE = "active";
    private static final String ERASED = "erased";

    private final Map<KeyId, One> keys = new LinkedHashMap<>();

    private record One(
            @Nullable String userId,
            @Nullable String provider,
            @Nullable String environment,
            String status,
            int version,
            @Nullable Integer before,
            @Nullable Instant beforeUntil,
            @Nullable KeyPolicy policy) {

        One with(String other) {
            return new One(userId, provider, environment, other, version, before, beforeUntil, policy);
        }

        One with(KeyPolicy other) {
            return new One(userId, provider, environment, status, version, before, beforeUntil, other);
        }

        One with(int other, @Nullable Instant until) {
            return new One(userId, provider, environment, status, other, until == null ? null : version, until, policy);
        }
    }

    void apply(KeyEvent event) {
        switch (event) {
            case KeyEvent.KeyAdded added -> {
                if (keys.size() == MOST) {
                    throw new BadRequest(
                            ProblemCode.PARAMETER_INVALID, "there were more than " + MOST + " keys: name a userId");
                }
                keys.put(
                        added.key(),
                        new One(
                                added.userId(),
                                added.provider(),
                                added.environment(),
                                ACTIVE,
                                1,
                                null,
                                null,
                                added.policy()));
            }
            case KeyEvent.KeyChanged changed ->
                keys.computeIfPresent(changed.key(), (_, one) -> one.with(changed.policy()));
            case KeyEvent.KeyRotated rotated ->
                keys.computeIfPresent(rotated.key(), (_, one) -> one.with(rotated.version(), rotated.previousUntil()));
            case KeyEvent.KeyVersionRetired retired ->
                keys.computeIfPresent(retired.key(), (_, one) -> one.with(one.version(), null));
            case KeyEvent.KeyDisabled disabled -> is(disabled.key(), "disabled");
            case KeyEvent.KeyEnabled enabled -> is(enabled.key(), ACTIVE);
            case KeyEvent.KeyRevoked revoked -> is(revoked.key(), "revoked");
            case KeyEvent.KeyDeleted deleted -> keys.remove(deleted.key());
        }
    }

    private void is(KeyId key, String status) {
        keys.computeIfPresent(key, (_, one) -> one.with(status));
    }

    /** Something happened to it, and what cannot be told any more. */
    void erased(KeyId key) {
        keys.put(key, new One(null, null, null, ERASED, 0, null, null, null));
    }

    List<StateView.Key> at(Instant at) {
        List<StateView.Key> views = new ArrayList<>();
        keys.forEach((id, one) -> views.add(view(id, one, at)));
        return views;
    }

    private static StateView.Key view(KeyId id, One one, Instant at) {
        KeyPolicy policy = one.policy();
        Instant expiresAt = policy == null ? null : policy.expiresAt();
        boolean expired = one.status().equals(ACTIVE) && expiresAt != null && !expiresAt.isAfter(at);
        boolean valid = one.status().equals(ACTIVE) && !expired;
        List<Integer> versions = new ArrayList<>();
        if (valid) {
            versions.add(one.version());
            if (one.before() != null
                    && one.beforeUntil() != null
                    && one.beforeUntil().isAfter(at)) {
                versions.add(one.before());
            }
        }
        return new StateView.Key(
                id.text(),
                one.userId(),
                one.provider(),
                one.environment(),
                expired ? "expired" : one.status(),
                valid,
                versions,
                policy == null ? List.of() : policy.modelPatterns(),
                expiresAt);
    }
}
