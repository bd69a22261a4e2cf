package io.byok.query.audit;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;

import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.web.Scopes;
import io.byok.query.feed.Rows;
import io.byok.query.web.TimeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

/** Answers from the trail who could use a key and who did. Every statement is bound to the tenant it is given. */
public final class ReachReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USED = "key-used";
    private static final String PERSON = "oidc:";
    private static final Condition ON_KEY = AUDIT_EVENT
            .STREAM
            .startsWith(StreamType.KEY.word() + "/")
            .or(AUDIT_EVENT.STREAM.startsWith(StreamType.VALIDATION.word() + "/"));
    private static final String STRANGERS =
            "Who shows a JWT is listed from the moment they used or changed a key of this"
                    + " tenant on: whom else the issuer would have given a token with the scope, only the issuer knows.";

    private final DSLContext view;

    public ReachReader(DSLContext view) {
        this.view = view;
    }

    ReachView of(TenantId tenant, KeyId key, TimeRange range) {
        ReachTokens tokens = tokens(tenant);
        ReachTokens.Reached reached = reached(tenant, key);
        Condition used = AUDIT_EVENT.ACTION.eq(USED);
        Condition changed = ON_KEY.and(AUDIT_EVENT.ACTION.ne(USED));
        List<ReachView.Could> could = new ArrayList<>(tokens.could(Scopes.KEYS_RESOLVE, reached, true, range));
        could.addAll(persons(tenant, used, range));
        List<ReachView.Could> couldChange = new ArrayList<>(tokens.could(Scopes.KEYS_WRITE, reached, false, range));
        couldChange.addAll(persons(tenant, changed, range));
        Condition ofKey = AUDIT_EVENT.KEY.eq(key.value());
        return new ReachView(
                key.text(),
                range.from(),
                range.to(),
                could,
                did(tenant, ofKey.and(used), range, tokens),
                couldChange,
                changed(tenant, ofKey.and(changed), range, tokens),
                notKnown(tenant, ofKey, range));
    }

    private static List<Condition> within(TenantId tenant, TimeRange range) {
        List<Condition> conditions = new ArrayList<>(List.of(AUDIT_EVENT.TENANT.eq(tenant.value())));
        if (range.from() != null) {
            conditions.add(AUDIT_EVENT.AT.ge(Rows.utc(range.from())));
        }
        if (range.to() != null) {
            conditions.add(AUDIT_EVENT.AT.lt(Rows.utc(range.to())));
        }
        return conditions;
    }

    private List<ReachView.Did> did(TenantId tenant, Condition which, TimeRange range, ReachTokens tokens) {
        Field<Integer> uses = DSL.count();
        Field<String[]> purposes = DSL.arrayAggDistinct(AUDIT_EVENT.PURPOSE);
        return view.select(AUDIT_EVENT.ACTOR, uses, DSL.min(AUDIT_EVENT.AT), DSL.max(AUDIT_EVENT.AT), purposes)
                .from(AUDIT_EVENT)
                .where(within(tenant, range))
                .and(which)
                .and(AUDIT_EVENT.ACTOR.isNotNull())
                .groupBy(AUDIT_EVENT.ACTOR)
                .orderBy(uses.desc(), AUDIT_EVENT.ACTOR)
                .fetch(row -> new ReachView.Did(
                        row.value1(),
                        kind(row.value1(), tokens),
                        row.value2(),
                        row.value3().toInstant(),
                        row.value4().toInstant(),
                        Arrays.stream(row.value5()).sorted().toList()));
    }

    private List<ReachView.Changed> changed(TenantId tenant, Condition which, TimeRange range, ReachTokens tokens) {
        Field<Integer> times = DSL.count();
        Field<String[]> actions = DSL.arrayAggDistinct(AUDIT_EVENT.ACTION);
        return view.select(AUDIT_EVENT.ACTOR, times, DSL.min(AUDIT_EVENT.AT), DSL.max(AUDIT_EVENT.AT), actions)
                .from(AUDIT_EVENT)
                .where(within(tenant, range))
                .and(which)
                .and(AUDIT_EVENT.ACTOR.isNotNull())
                .groupBy(AUDIT_EVENT.ACTOR)
                .orderBy(times.desc(), AUDIT_EVENT.ACTOR)
                .fetch(row -> new ReachView.Changed(
                        row.value1(),
                        kind(row.value1(), tokens),
                        Arrays.stream(row.value5()).sorted().toList(),
                        row.value2(),
                        row.value3().toInstant(),
                        row.value4().toInstant()));
    }

    private static String kind(String actor, ReachTokens tokens) {
        if (actor.startsWith(PERSON)) {
            return ReachView.PERSON;
        }
        return actor.startsWith(Provenance.SYSTEM) ? ReachView.SYSTEM : tokens.kind(actor);
    }

    /** Whoever did such a thing to any key had the scope then. Their tokens are the issuer's, and on record nowhere here. */
    private List<ReachView.Could> persons(TenantId tenant, Condition which, TimeRange range) {
        return view.select(AUDIT_EVENT.ACTOR, DSL.min(AUDIT_EVENT.AT), DSL.max(AUDIT_EVENT.AT))
                .from(AUDIT_EVENT)
                .where(within(tenant, range))
                .and(which)
                .and(AUDIT_EVENT.ACTOR.startsWith(PERSON))
                .groupBy(AUDIT_EVENT.ACTOR)
                .orderBy(AUDIT_EVENT.ACTOR)
                .fetch(row -> new ReachView.Could(
                        ReachView.PERSON,
                        row.value1(),
                        null,
                        null,
                        null,
                        row.value2().toInstant(),
                        row.value3().toInstant()));
    }

    private ReachTokens tokens(TenantId tenant) {
        ReachTokens tokens = new ReachTokens();
        view.select(AUDIT_EVENT.ACTION, AUDIT_EVENT.AT, AUDIT_EVENT.DETAILS)
                .from(AUDIT_EVENT)
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .and(AUDIT_EVENT.ACTION.in(ReachTokens.ACTIONS))
                .orderBy(AUDIT_EVENT.POSITION)
                .forEach(row -> tokens.apply(
                        row.value1(),
                        row.value2().toInstant(),
                        JSON.readTree(row.value3().data())));
        return tokens;
    }

    private ReachTokens.Reached reached(TenantId tenant, KeyId key) {
        return view.select(AUDIT_EVENT.SUBJECT, AUDIT_EVENT.DETAILS)
                .from(AUDIT_EVENT)
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .and(AUDIT_EVENT.KEY.eq(key.value()))
                .and(AUDIT_EVENT.ACTION.eq("key-added"))
                .fetchOptional(row -> new ReachTokens.Reached(
                        Optional.ofNullable(row.value1())
                                .map(SubjectId::new)
                                .map(SubjectId::text)
                                .orElse(null),
                        row.value1() == null,
                        JSON.readTree(row.value2().data()).path("provider").asString(null)))
                .orElse(new ReachTokens.Reached(null, false, null));
    }

    private List<String> notKnown(TenantId tenant, Condition ofKey, TimeRange range) {
        List<String> all = new ArrayList<>(List.of(STRANGERS));
        int erased = view.fetchCount(
                AUDIT_EVENT, DSL.and(within(tenant, range)).and(ofKey).and(AUDIT_EVENT.OUTCOME.eq(Fact.ERASED)));
        if (erased > 0) {
            all.add("The end user was erased since: who caused " + erased + " facts about this key is gone.");
        }
        view.select(AUDIT_EVENT.DETAILS)
                .from(AUDIT_EVENT)
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .and(AUDIT_EVENT.ACTION.eq("audit-year-pruned"))
                .orderBy(AUDIT_EVENT.POSITION)
                .forEach(row -> all.add("Retention has let go the uses of "
                        + JSON.readTree(row.value1().data()).path("year").asInt(0)
                        + ": they were not looked at."));
        return all;
    }
}
