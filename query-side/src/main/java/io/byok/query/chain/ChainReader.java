package io.byok.query.chain;

import static io.byok.query.jooq.Tables.CHAIN_VIEW;

import io.byok.kernel.ChainId;
import io.byok.kernel.TenantId;
import io.byok.query.jooq.tables.records.ChainViewRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the chains of one tenant. Every statement is bound to the tenant it is given. */
public final class ChainReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private final DSLContext view;

    public ChainReader(DSLContext view) {
        this.view = view;
    }

    /** @param userId absent for the tenant's default */
    Optional<ChainView> find(TenantId tenant, @Nullable String userId, String provider, String environment) {
        return view.selectFrom(CHAIN_VIEW)
                .where(CHAIN_VIEW.TENANT.eq(tenant.value()))
                .and(of(userId))
                .and(CHAIN_VIEW.PROVIDER.eq(provider))
                .and(CHAIN_VIEW.ENVIRONMENT.eq(environment))
                .and(CHAIN_VIEW.REMOVED.isFalse())
                .fetchOptional(ChainReader::view);
    }

    /** All that hold, by provider and environment. @param userId absent for the tenant's defaults */
    List<ChainView> list(TenantId tenant, @Nullable String userId) {
        return view.selectFrom(CHAIN_VIEW)
                .where(CHAIN_VIEW.TENANT.eq(tenant.value()))
                .and(of(userId))
                .and(CHAIN_VIEW.REMOVED.isFalse())
                .orderBy(CHAIN_VIEW.PROVIDER, CHAIN_VIEW.ENVIRONMENT)
                .fetch(ChainReader::view);
    }

    private static Condition of(@Nullable String userId) {
        return userId == null ? CHAIN_VIEW.USER_ID.isNull() : CHAIN_VIEW.USER_ID.eq(userId);
    }

    private static ChainView view(ChainViewRecord row) {
        return new ChainView(
                new ChainId(row.getChain()).text(),
                row.getUserId(),
                row.getProvider(),
                row.getEnvironment(),
                strings(row.getKeys()),
                row.getSystem(),
                strings(row.getConditions()),
                row.getMaxRetries(),
                row.getRetryDelayMs(),
                row.getUpdatedAt().toInstant(),
                "\"" + row.getSequence() + "\"");
    }

    private static List<String> strings(JSONB json) {
        return JSON.readValue(json.data(), STRINGS);
    }
}
