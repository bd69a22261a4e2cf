package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.KEY_HEAD;
import static io.byok.command.jooq.head.Tables.KEY_HEALTH;
import static io.byok.command.jooq.head.Tables.TENANT_HEAD;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.ChainPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Reads what a decision is made of. Numbers first: what changes meanwhile is found out when the use is recorded. */
public final class Standings {

    private final DSLContext database;
    private final KeyHeads keys;
    /** The code of {@code invalid} among the states of health. */
    private static final short REFUSED = 5;

    private final ChainHeads chains;

    public Standings(DSLContext database, KeyHeads keys, ChainHeads chains) {
        this.database = database;
        this.keys = keys;
        this.chains = chains;
    }

    /** As of now, by the primary. */
    public Standing read(TenantId tenant, @Nullable SubjectId subject, String provider, String environment) {
        SubjectId self = TenantHeads.self(tenant);
        List<SubjectId> owners = Stream.of(Optional.of(self), Optional.ofNullable(subject))
                .flatMap(Optional::stream)
                .toList();
        Map<SubjectId, Long> epochs = Epochs.of(database, owners);
        List<KeyHead> all = keys.candidates(tenant, owners, provider, environment);
        List<ChainHead> holding = chains.holding(tenant, owners, provider, environment);
        return new Standing(
                subject,
                subject == null ? 0 : epochs.getOrDefault(subject, 0L),
                epochs.getOrDefault(self, 0L),
                suspended(tenant),
                all.stream().filter(key -> key.subject().equals(subject)).toList(),
                all.stream().filter(key -> key.subject().equals(self)).toList(),
                refused(all),
                policy(holding, subject).or(() -> policy(holding, self)).orElse(null));
    }

    private Set<KeyId> refused(List<KeyHead> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return database.select(KEY_HEALTH.KEY)
                .from(KEY_HEALTH)
                .join(KEY_HEAD)
                .on(KEY_HEAD.KEY.eq(KEY_HEALTH.KEY))
                .and(KEY_HEAD.VERSION.eq(KEY_HEALTH.VERSION))
                .where(KEY_HEALTH.KEY.in(
                        keys.stream().map(key -> key.key().value()).toList()))
                .and(KEY_HEALTH.STATE.eq(REFUSED))
                .fetchSet(row -> new KeyId(row.value1()));
    }

    private static Optional<ChainPolicy> policy(List<ChainHead> holding, @Nullable SubjectId owner) {
        return holding.stream()
                .filter(chain -> chain.owner().equals(owner))
                .map(ChainHead::policy)
                .findFirst();
    }

    private boolean suspended(TenantId tenant) {
        return database.fetchExists(
                TENANT_HEAD, TENANT_HEAD.TENANT.eq(tenant.value()).and(TENANT_HEAD.SUSPENDED_AT.isNotNull()));
    }
}
