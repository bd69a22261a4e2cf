package io.byok.command.use;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.store.LogUnavailable;
import io.byok.command.use.domain.Candidate;
import io.byok.command.use.domain.Decision;
import io.byok.command.use.domain.Resolution;
import io.byok.command.use.domain.UseRefusal;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.kernel.UseId;
import io.byok.kernel.use.Use;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that serves, records the use, and only then lets the secret go. When the key stops serving in between,
 * it decides again on what is now.
 */
public final class Resolver {

    private static final int ATTEMPTS = 5;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final SubjectDirectory subjects;
    private final KeyHeads heads;
    private final CredentialVault vault;
    private final UseLedger ledger;
    private final Ids ids;
    private final Clock clock;

    Resolver(SubjectDirectory subjects, KeyHeads heads, CredentialVault vault, UseLedger ledger, Ids ids, Clock clock) {
        this.subjects = subjects;
        this.heads = heads;
        this.vault = vault;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Hands a secret out.
     *
     * @return owned by the caller of this method, who closes it
     * @throws Rejection {@code no-usable-key}
     * @throws Unavailable {@code audit-unavailable}, when the use cannot be recorded: nothing leaves
     */
    Resolved resolve(Caller caller, ResolveRequest request) {
        for (int attempt = 1; ; attempt++) {
            Instant now = now();
            Optional<SubjectId> subject = subjects.find(caller.tenant(), request.userId());
            Decision decision = decide(caller, request, subject, now);
            Decision.Choice choice = decision.chosen();
            if (subject.isEmpty() || choice == null) {
                throw new Rejection(UseRefusal.NO_USABLE_KEY, explain(decision));
            }
            Optional<Credential> credential =
                    vault.open(caller.tenant(), subject.get(), choice.key(), choice.version());
            if (credential.isPresent()) {
                Use use = use(caller, request, subject.get(), choice, now);
                if (recorded(caller, use, credential.get())) {
                    return answer(use.id(), request, decision, credential.get());
                }
            }
            if (attempt == ATTEMPTS) {
                throw new Rejection(UseRefusal.NO_USABLE_KEY, "The user's keys keep changing; try again.");
            }
        }
    }

    /** What {@link #resolve} would decide now; nothing is recorded and nothing leaves. */
    Resolved dryRun(Caller caller, ResolveRequest request) {
        Optional<SubjectId> subject = subjects.find(caller.tenant(), request.userId());
        return answer(null, request, decide(caller, request, subject, now()), null);
    }

    private Decision decide(Caller caller, ResolveRequest request, Optional<SubjectId> subject, Instant now) {
        List<Candidate> candidates = subject
                .map(id -> heads.candidates(caller.tenant(), id, request.provider(), request.environment()))
                .orElse(List.of())
                .stream()
                .map(Resolver::candidate)
                .toList();
        return Resolution.decide(candidates, request.exclude(), now);
    }

    private static Candidate candidate(KeyHead head) {
        KeyHead.Previous previous = head.previous();
        return new Candidate(
                head.key(),
                head.status().word(),
                head.version(),
                head.policy(),
                previous == null ? null : previous.version(),
                previous == null ? null : previous.until(),
                head.createdAt());
    }

    private Use use(Caller caller, ResolveRequest request, SubjectId subject, Decision.Choice choice, Instant now) {
        return new Use(
                ids.use(),
                choice.key(),
                choice.version(),
                subject,
                request.provider(),
                request.environment(),
                choice.source(),
                request.purpose(),
                request.model(),
                caller.token().text(),
                caller.requestId(),
                now);
    }

    /** Waits for the commit. A credential that may not leave is wiped here. */
    private boolean recorded(Caller caller, Use use, Credential credential) {
        boolean keep = false;
        try {
            ledger.record(caller.tenant(), use).join();
            keep = true;
            return true;
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case KeyMoved _ -> {
                    return false;
                }
                case LogUnavailable _ -> throw new Unavailable(ProblemCode.AUDIT_UNAVAILABLE, SOON);
                case RuntimeException why -> throw why;
                case null, default -> throw failed;
            }
        } finally {
            if (!keep) {
                credential.close();
            }
        }
    }

    private static Resolved answer(
            @Nullable UseId use, ResolveRequest request, Decision decision, @Nullable Credential credential) {
        Decision.Choice choice = decision.chosen();
        return new Resolved(
                use,
                choice == null ? null : choice.key(),
                choice == null ? null : choice.version(),
                choice == null ? null : choice.source(),
                request.provider(),
                request.environment(),
                credential,
                decision.considered());
    }

    private static String explain(Decision decision) {
        if (decision.considered().isEmpty()) {
            return "The user has no key for this provider and environment.";
        }
        StringBuilder text = new StringBuilder("None of the user's keys may serve:");
        decision.considered()
                .forEach(one -> text.append(' ')
                        .append(one.keyId())
                        .append(" is ")
                        .append(one.because())
                        .append(';'));
        text.setCharAt(text.length() - 1, '.');
        return text.toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
