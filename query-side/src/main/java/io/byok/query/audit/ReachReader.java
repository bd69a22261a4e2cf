package io.byok.query.audit;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;

import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.platform.web.Scopes;
import io.byok.query.feed.Rows;
import io.byok.query.web.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers from the trail who could use a key and who did. Every statement is bound to the tenant it is given. */
public final class ReachReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USED = "key-used";

    private final DSLContext view;

    public ReachReader(DSLContext view) {
        this.view = view;
    }

    ReachView of(TenantId tenant, KeyId key, TimeRange range) {
        return new ReachView(key.text(), range.from(), range.to(), could(tenant, range), did(tenant, key, range));
    }

    private List<ReachView.Did> did(TenantId tenant, KeyId key, TimeRange range) {
        List<Condition> conditions = new ArrayList<>(List.of(
                AUDIT_EVENT.TENANT.eq(tenant.value()),
                AUDIT_EVENT.KEY.eq(key.value()),
                AUDIT_EVENT.ACTION.eq(USED),
                AUDIT_EVENT.ACTOR.isNotNull()));
        if (range.from() != null) {
            conditions.add(AUDIT_EVENT.AT.ge(Rows.utc(range.from())));
        }
        if (range.to() != null) {
            conditions.add(AUDIT_EVENT.AT.lt(Rows.utc(range.to())));
        }
        Field<Integer> uses = DSL.count();
        Field<String[]> purposes = DSL.arrayAggDistinct(AUDIT_EVENT.PURPOSE);
        return view.select(AUDIT_EVENT.ACTOR, uses, DSL.min(AUDIT_EVENT.AT), DSL.max(AUDIT_EVENT.AT), purposes)
                .from(AUDIT_EVENT)
                .where(conditions)
                .groupBy(AUDIT_EVENT.ACTOR)
                .orderBy(uses.desc(), AUDIT_EVENT.ACTOR)
                .fetch(row -> new ReachView.Did(
                        row.value1(),
                        row.value2(),
                        row.value3().toInstant(),
                        row.value4().toInstant(),
                        Arrays.stream(row.value5()).sorted().toList()));
    }

    private List<ReachView.Could> could(TenantId tenant, TimeRange range) {
        Map<String, ReachView.Could> tokens = new LinkedHashMap<>();
        view.select(AUDIT_EVENT.ACTION, AUDIT_EVENT.AT, AUDIT_EVENT.DETAILS)
                .from(AUDIT_EVENT)
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .and(AUDIT_EVENT.ACTION.in("api-token-created", "api-token-revoked"))
                .orderBy(AUDIT_EVENT.POSITION)
                .forEach(row -> {
                    Instant at = row.value2().toInstant();
                    JsonNode details = JSON.readTree(row.value3().data());
                    String token = details.path("tokenId").asString("");
                    if (row.value1().equals("api-token-revoked")) {
                        tokens.computeIfPresent(
                                token,
                                (_, one) ->
                                        new ReachView.Could(token, one.name(), one.since(), earlier(one.until(), at)));
                    } else if (details.path("scopes")
                            .valueStream()
                            .anyMatch(scope -> scope.asString("").equals(Scopes.KEYS_RESOLVE))) {
                        tokens.put(
                                token,
                                new ReachView.Could(token, details.path("name").asString(null), at, expiry(details)));
                    }
                });
        return tokens.values().stream()
                .filter(one -> range.to() == null || one.since().isBefore(range.to()))
                .filter(one -> range.from() == null
                        || one.until() == null
                        || one.until().isAfter(range.from()))
                .toList();
    }

    private static @Nullable Instant expiry(JsonNode details) {
        JsonNode at = details.path("expiresAt");
        return at.isString() ? Instant.parse(at.asString()) : null;
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }
}
