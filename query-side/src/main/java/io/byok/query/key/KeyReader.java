package io.byok.query.key;

import static io.byok.query.jooq.Tables.KEY_HEALTH;
import static io.byok.query.jooq.Tables.KEY_VALIDATION;
import static io.byok.query.jooq.Tables.KEY_VERSION;
import static io.byok.query.jooq.Tables.KEY_VIEW;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.access.Confinement;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.KeyHealthRecord;
import io.byok.query.jooq.tables.records.KeyVersionRecord;
import io.byok.query.jooq.tables.records.KeyViewRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the key list of one tenant. Every statement is bound to the tenant it is given. */
public final class KeyReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private final DSLContext view;
    private final InstantSource clock;
    private final KeyRows rows;

    /** @param rotation how long a version may serve before it should be rotated */
    public KeyReader(DSLContext view, InstantSource clock, Duration rotation) {
        this.view = view;
        this.clock = clock;
        this.rows = new KeyRows(rotation);
    }

    /** Empty when there is none, or it is another tenant's, or lies outside. */
    public Optional<KeyView> find(TenantId tenant, Confinement within, KeyId key) {
        Condition one = KEY_VIEW.TENANT.eq(tenant.value()).and(reached(within)).and(KEY_VIEW.KEY.eq(key.value()));
        return view
                .transactionResult(reading -> views(
                        reading.dsl(),
                        reading.dsl().selectFrom(KEY_VIEW).where(one).fetch()))
                .stream()
                .findFirst();
    }

    /**
     * Keys from the newest to the oldest.
     *
     * @param before where the page before ended, absent for the first page
     * @param most how many at most
     */
    List<KeyView> list(TenantId tenant, Confinement within, KeyFilter filter, @Nullable KeyId before, int most) {
        List<Condition> conditions = conditions(filter, Rows.utc(clock.instant()));
        conditions.add(KEY_VIEW.TENANT.eq(tenant.value()));
        conditions.add(reached(within));
        if (before != null) {
            conditions.add(KEY_VIEW.KEY.lt(before.value())); // ids are time-ordered
        }
        return view.transactionResult(reading -> views(
                reading.dsl(),
                reading.dsl()
                        .selectFrom(KEY_VIEW)
                        .where(conditions)
                        .orderBy(KEY_VIEW.KEY.desc())
                        .limit(most)
                        .fetch()));
    }

    private static Condition reached(Confinement within) {
        Condition reached = DSL.noCondition();
        if (!within.users().isEmpty()) {
            reached = reached.and(KEY_VIEW.SUBJECT.in(
                    within.users().stream().map(SubjectId::value).toList()));
        }
        return within.providers().isEmpty() ? reached : reached.and(KEY_VIEW.PROVIDER.in(within.providers()));
    }

    private static List<Condition> conditions(KeyFilter filter, OffsetDateTime now) {
        List<Condition> conditions = new ArrayList<>();
        if (filter.userId() != null) {
            conditions.add(KEY_VIEW.USER_ID.eq(filter.userId()));
        }
        if (filter.system()) {
            conditions.add(KEY_VIEW.USER_ID.isNull());
        }
        if (filter.provider() != null) {
            conditions.add(KEY_VIEW.PROVIDER.eq(filter.provider()));
        }
        if (filter.environment() != null) {
            conditions.add(KEY_VIEW.ENVIRONMENT.eq(filter.environment()));
        }
        if (filter.tag() != null) {
            JSONB wanted = JSONB.valueOf(JSON.writeValueAsString(List.of(filter.tag())));
            conditions.add(DSL.condition("{0} @> {1}", KEY_VIEW.TAGS, DSL.val(wanted)));
        }
        if (filter.health() != null && !filter.health().equals(KeyView.Health.UNKNOWN)) {
            conditions.add(KEY_VIEW.KEY.in(
                    DSL.select(KEY_HEALTH.KEY).from(KEY_HEALTH).where(KEY_HEALTH.STATE.eq(filter.health()))));
        } else if (filter.health() != null) {
            conditions.add(KEY_VIEW.KEY.notIn(DSL.select(KEY_HEALTH.KEY).from(KEY_HEALTH)));
        }
        conditions.add(
                filter.statuses().isEmpty()
                        ? KEY_VIEW.STATUS.ne(KeyStatus.DELETED.code())
                        : DSL.or(filter.statuses().stream()
                                .map(word -> status(word, now))
                                .toList()));
        return conditions;
    }

    private static Condition status(String word, OffsetDateTime now) {
        Condition over = KEY_VIEW.EXPIRES_AT.isNotNull().and(KEY_VIEW.EXPIRES_AT.le(now));
        if (word.equals(KeyStatus.EXPIRED)) {
            return KEY_VIEW.STATUS.eq(KeyStatus.ACTIVE.code()).and(over);
        }
        KeyStatus status = KeyStatus.named(word).orElseThrow();
        Condition stored = KEY_VIEW.STATUS.eq(status.code());
        return status == KeyStatus.ACTIVE ? stored.andNot(over) : stored;
    }

    // In the transaction that read the keys: their versions and health are of the same moment.
    private List<KeyView> views(DSLContext reading, List<KeyViewRecord> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        UUID[] ids = keys.stream().map(KeyViewRecord::getKey).toArray(UUID[]::new);
        Map<UUID, List<KeyVersionRecord>> versions = reading
                .selectFrom(KEY_VERSION)
                .where(KEY_VERSION.KEY.eq(DSL.any(ids)))
                .orderBy(KEY_VERSION.KEY, KEY_VERSION.VERSION.desc())
                .stream()
                .collect(Collectors.groupingBy(KeyVersionRecord::getKey));
        Map<UUID, KeyHealthRecord> health = reading.selectFrom(KEY_HEALTH)
                .where(KEY_HEALTH.KEY.eq(DSL.any(ids)))
                .fetchMap(KEY_HEALTH.KEY);
        Instant now = clock.instant();
        return keys.stream()
                .map(key ->
                        rows.view(key, versions.getOrDefault(key.getKey(), List.of()), health.get(key.getKey()), now))
                .toList();
    }

    /** What the provider said of a key, newest first. */
    List<ValidationView> validations(TenantId tenant, KeyId key, int most) {
        return view.selectFrom(KEY_VALIDATION)
                .where(KEY_VALIDATION.TENANT.eq(tenant.value()))
                .and(KEY_VALIDATION.KEY.eq(key.value()))
                .orderBy(KEY_VALIDATION.POSITION.desc())
                .limit(most)
                .fetch(row -> new ValidationView(
                        row.getVersion(),
                        row.getState(),
                        row.getScore(),
                        row.getMessage(),
                        JSON.readValue(row.getLacks().data(), STRINGS),
                        row.getOccasion(),
                        row.getCalled(),
                        row.getTookMillis(),
                        row.getAt().toInstant()));
    }
}
