package io.byok.query.audit.state;

import static io.byok.query.jooq.Tables.AUDIT_SUBJECT;

import io.byok.kernel.ChainId;
import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.access.AccessEvent;
import io.byok.kernel.chain.ChainEvent;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.tenant.TenantEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import io.byok.query.replay.TenantHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was valid at a time, from the event store and not from a read model: what was changed there does not change
 * the answer. Costs as much as the tenant has history of keys, chains and tokens.
 */
public final class StateReader {

    private static final Set<StreamType> TYPES =
            Set.of(StreamType.TENANT, StreamType.API_TOKEN, StreamType.KEY, StreamType.CHAIN);

    private final DSLContext view;
    private final TenantHistory history;
    private final EventSealing sealing;
    private final InstantSource clock;

    public StateReader(DSLContext view, TenantHistory history, EventSealing sealing, InstantSource clock) {
        this.view = view;
        this.history = history;
        this.sealing = sealing;
        this.clock = clock;
    }

    /**
     * @param userId leaves out keys and chains of others; absent for everybody
     * @throws BadRequest for a time to come: what will be valid then is not known
     */
    StateView at(TenantId tenant, Instant at, @Nullable String userId) {
        if (at.isAfter(clock.instant())) {
            throw new BadRequest(
                    ProblemCode.PARAMETER_INVALID, "at has not come yet: what will be valid then is not known");
        }
        SubjectId subject = userId == null ? null : subject(tenant, userId);
        Fold fold = new Fold();
        history.read(new TenantHistory.Part(tenant, TYPES, subject, at), fold::apply);
        return new StateView(
                at,
                fold.position,
                fold.suspended,
                fold.keys.at(at),
                List.copyOf(fold.chains.values()),
                fold.tokens.at(at));
    }

    /** Nobody's id for a user who is not known: there is then nothing of theirs. */
    private SubjectId subject(TenantId tenant, String userId) {
        return view.select(AUDIT_SUBJECT.SUBJECT)
                .from(AUDIT_SUBJECT)
                .where(AUDIT_SUBJECT.TENANT.eq(tenant.value()))
                .and(AUDIT_SUBJECT.USER_ID.eq(userId))
                .fetchOptional(AUDIT_SUBJECT.SUBJECT)
                .map(SubjectId::new)
                .orElse(new SubjectId(new UUID(0, 0)));
    }

    private final class Fold {
        private final KeysThen keys = new KeysThen();
        private final TokensThen tokens = new TokensThen();
        private final Map<ChainId, StateView.Chain> chains = new LinkedHashMap<>();
        private long position;
        private boolean suspended;

        void apply(StoredEvent stored) {
            position = stored.position();
            switch (sealing.open(stored.event())) {
                case Opened.Clear clear -> apply(clear.envelope());
                case Opened.Shredded shredded -> erased(shredded.sealed());
            }
        }

        private void erased(SealedEvent sealed) {
            if (sealed.stream().type() == StreamType.KEY) {
                keys.erased(new KeyId(sealed.stream().value()));
            }
        }

        private void apply(Envelope envelope) {
            switch (envelope.event()) {
                case KeyEvent event -> keys.apply(event);
                case AccessEvent event -> tokens.apply(event);
                case ChainEvent event -> apply(event);
                case TenantEvent.TenantSuspended _ -> suspended = true;
                case TenantEvent.TenantResumed _ -> suspended = false;
                default -> {} // in one of these streams, and about none of these things
            }
        }

        private void apply(ChainEvent event) {
            switch (event) {
                case ChainEvent.ChainSet set ->
                    chains.put(
                            set.chain(),
                            new StateView.Chain(
                                    set.chain().text(),
                                    set.userId(),
                                    set.provider(),
                                    set.environment(),
                                    set.policy().keys().stream()
                                            .map(KeyId::text)
                                            .toList(),
                                    set.policy().system(),
                                    set.policy().on()));
                case ChainEvent.ChainRemoved removed -> chains.remove(removed.chain());
            }
        }
    }
}
