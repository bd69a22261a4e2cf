package io.byok.command.use;

import io.byok.command.bus.Ids;
import io.byok.command.head.Standing;
import io.byok.command.head.TenantHeads;
import io.byok.command.use.KnownStandings.Known;
import io.byok.command.use.domain.Decision;
import io.byok.command.use.domain.Resolution;
import io.byok.command.use.domain.Serving;
import io.byok.command.use.domain.Situation;
import io.byok.command.use.domain.Trouble;
import io.byok.command.vault.Credential;
import io.byok.command.vault.OpenedCredentials;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.UseId;
import io.byok.kernel.use.Use;
import io.byok.platform.web.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Between what is known and the rules of {@link Resolution}, and from a decision to the record and the answer. */
final class Judge {

    private final Circuits circuits;
    private final Ids ids;
    private final Clock clock;

    Judge(Circuits circuits, Ids ids, Clock clock) {
        this.circuits = circuits;
        this.ids = ids;
        this.clock = clock;
    }

    /** A decision and when it was made. */
    record Verdict(Decision decision, Instant at) {
        Decision.Choice chosen() {
            return Objects.requireNonNull(decision.chosen(), "somebody looked");
        }
    }

    /** Nothing serves while the tenant is suspended. */
    Verdict judge(Known known, ResolveRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (known.standing().suspended()) {
            return new Verdict(new Decision(null, List.of(), null), now);
        }
        Map<Serving, Trouble> troubles = circuits.troubles(known.keys());
        if (!known.systemKeys().isEmpty()) {
            troubles = new HashMap<>(troubles);
            troubles.putAll(circuits.troubles(known.systemKeys()));
        }
        Situation situation = new Situation(known.keys(), known.systemKeys(), known.policy(), troubles);
        return new Verdict(Resolution.decide(situation, request.wish(), now), now);
    }

    boolean permits(Verdict verdict) {
        return circuits.permit(verdict.chosen().serving());
    }

    OpenedCredentials.Name name(TenantId tenant, Known known, Verdict verdict) {
        Decision.Choice choice = verdict.chosen();
        Standing standing = known.standing();
        return new OpenedCredentials.Name(
                tenant,
                choice.isSystem() ? TenantHeads.self(tenant) : subject(standing),
                choice.key(),
                choice.version(),
                choice.isSystem() ? standing.tenantEpoch() : standing.epoch());
    }

    UseSegment.Waiting use(Caller caller, ResolveRequest request, Known known, Verdict verdict) {
        Decision.Choice choice = verdict.chosen();
        Use use = new Use(
                ids.use(),
                choice.key(),
                choice.version(),
                subject(known.standing()),
                request.provider(),
                request.environment(),
                choice.source(),
                request.purpose(),
                request.model(),
                caller.actor(),
                caller.requestId(),
                verdict.at());
        return new UseSegment.Waiting(
                caller.tenant(),
                use,
                choice.isSystem(),
                known.standing().epoch(),
                known.standing().tenantEpoch());
    }

    private static SubjectId subject(Standing standing) {
        return Objects.requireNonNull(standing.subject(), "registered before");
    }

    static Resolved answer(
            @Nullable UseId use,
            ResolveRequest request,
            Decision decision,
            @Nullable Credential credential,
            @Nullable Long position) {
        Decision.Choice choice = decision.chosen();
        return new Resolved(
                use,
                choice == null ? null : choice.key(),
                choice == null ? null : choice.version(),
                choice == null ? null : choice.source(),
                request.provider(),
                request.environment(),
                credential,
                decision.retryAfter() == null ? null : decision.retryAfter().toMillis(),
                decision.considered(),
                position);
    }

    static String explain(Decision decision) {
        if (decision.considered().isEmpty()) {
            return "The user has no key for this provider and environment.";
        }
        StringBuilder text = new StringBuilder("None of the keys may serve:");
        decision.considered()
                .forEach(one -> text.append(' ')
                        .append(one.keyId())
                        .append(" is ")
                        .append(one.because())
                        .append(';'));
        text.setCharAt(text.length() - 1, '.');
        return text.toString();
    }
}
