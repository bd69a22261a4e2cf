package io.byok.query.audit;

import io.byok.query.web.TimeRange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Folds what the trail says of tokens into who could have reached one key. */
final class ReachTokens {

    /** What the trail says of tokens with. */
    static final List<String> ACTIONS =
            List.of("api-token-created", "api-token-confined", "api-token-revoked", "widget-token-issued");

    private final Map<String, One> tokens = new LinkedHashMap<>();

    /**
     * The key.
     *
     * @param user whose it is, by the random id; absent for the tenant's own, and when it is not known
     * @param ofTenant whether it is known to be the tenant's own
     * @param provider absent when it is not known any more
     */
    record Reached(
            @Nullable String user,
            boolean ofTenant,
            @Nullable String provider) {}

    private record One(
            @Nullable String name,
            @Nullable String parent,
            List<String> scopes,
            List<String> users,
            List<String> providers,
            Instant since,
            @Nullable Instant until) {

        One within(List<String> these, List<String> those) {
            return new One(name, parent, scopes, these, those, since, until);
        }

        One until(Instant other) {
            return new One(name, parent, scopes, users, providers, since, earlier(until, other));
        }

        /** @param using the tenant's own key serves every user who has none, and so whoever resolves for one */
        boolean reaches(Reached key, boolean using) {
            boolean user = users.isEmpty()
                    || (using && key.ofTenant())
                    || (key.user() == null ? !key.ofTenant() && parent == null : users.contains(key.user()));
            return user && (providers.isEmpty() || key.provider() == null || providers.contains(key.provider()));
        }
    }

    void apply(String action, Instant at, JsonNode details) {
        String token = details.path("tokenId").asString("");
        switch (action) {
            case "api-token-created" -> tokens.put(token, one(details, at, List.of()));
            case "widget-token-issued" ->
                tokens.put(
                        token, one(details, at, List.of(details.path("subject").asString(""))));
            case "api-token-revoked" -> tokens.computeIfPresent(token, (_, one) -> one.until(at));
            default -> // confined; what came before the confinement was not
                tokens.computeIfPresent(
                        token,
                        (_, one) -> at.isAfter(one.since())
                                ? one
                                : one.within(texts(details, "subjects"), texts(details, "providers")));
        }
    }

    private static One one(JsonNode details, Instant at, List<String> users) {
        JsonNode expires = details.path("expiresAt");
        return new One(
                details.path("name").asString(null),
                details.path("parent").asString(null),
                texts(details, "scopes"),
                users,
                List.of(),
                at,
                expires.isString() ? Instant.parse(expires.asString()) : null);
    }

    private static List<String> texts(JsonNode details, String name) {
        return details.path(name).valueStream().map(text -> text.asString("")).toList();
    }

    /** Whose actor this is, if it is a token's. */
    String kind(String actor) {
        One one = tokens.get(actor);
        return one != null && one.parent() != null ? ReachView.WIDGET_TOKEN : ReachView.API_TOKEN;
    }

    /**
     * Tokens that held a scope and reached the key at some moment of a stretch.
     *
     * @param using whether to be given the key is what it is about
     */
    List<ReachView.Could> could(String scope, Reached key, boolean using, TimeRange range) {
        return tokens.entrySet().stream()
                .filter(entry -> entry.getValue().scopes().contains(scope)
                        && entry.getValue().reaches(key, using))
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .filter(one -> range.to() == null || one.since().isBefore(range.to()))
                .filter(one -> range.from() == null
                        || one.until() == null
                        || one.until().isAfter(range.from()))
                .toList();
    }

    /** A widget token ends with the one that made it. */
    private ReachView.Could view(String id, One one) {
        One parent = one.parent() == null ? null : tokens.get(one.parent());
        Instant until = parent == null || parent.until() == null
                ? one.until()
                : earlier(one.until(), Objects.requireNonNull(parent.until()));
        return new ReachView.Could(kind(id), id, id, one.name(), one.parent(), one.since(), until);
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }
}
