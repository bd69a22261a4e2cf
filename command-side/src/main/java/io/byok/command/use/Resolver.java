package io.byok.command.use;

import io.byok.command.head.KeyMoved;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.store.LogUnavailable;
import io.byok.command.use.KnownStandings.Known;
import io.byok.command.use.domain.Decision;
import io.byok.command.use.domain.UseRefusal;
import io.byok.command.vault.Credential;
import io.byok.command.vault.OpenedCredentials;
import io.byok.kernel.Rejection;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that serves, records the use, and only then lets the secret go. What it decides from may be remembered;
 * the recording transaction checks that it still holds, and when it does not, it decides again on what is now. A refusal
 * is always made from what is now.
 */
public final class Resolver {

    private static final int ATTEMPTS = 5;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final KnownStandings standings;
    private final SubjectDirectory subjects;
    private final Judge judge;
    private final OpenedCredentials credentials;
    private final UseLedger ledger;

    Resolver(
            KnownStandings standings,
            SubjectDirectory subjects,
            Judge judge,
            OpenedCredentials credentials,
            UseLedger ledger) {
        this.standings = standings;
        this.subjects = subjects;
        this.judge = judge;
        this.credentials = credentials;
        this.ledger = ledger;
    }

    /**
     * Hands a secret out. Blocks; an event loop uses {@link #resolveLater}.
     *
     * @return owned by the caller of this method, who closes it
     * @throws Rejection {@code no-usable-key}
     * @throws Unavailable {@code audit-unavailable}, when the use cannot be recorded: nothing leaves;
     *     {@code keys-resting}, when asking again a little later may help
     */
    Resolved resolve(Caller caller, ResolveRequest request) {
        @Nullable Known known = standings.peek(request.place(caller.tenant()));
        boolean fresh = known == null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Known now = known == null ? standings.read(request.place(caller.tenant())) : known;
            known = null;
            confine(caller, request, now);
            Judge.Verdict verdict = judge.judge(now, request);
            if (verdict.decision().chosen() == null) {
                if (fresh) {
                    throw refusal(now, verdict.decision());
                }
                fresh = true;
                continue;
            }
            fresh = true;
            Optional<Resolved> resolved = attempt(caller, request, now, verdict);
            if (resolved.isPresent()) {
                return resolved.get();
            }
        }
        throw new Rejection(UseRefusal.NO_USABLE_KEY, "The user's keys keep changing; try again.");
    }

    private Optional<Resolved> attempt(Caller caller, ResolveRequest request, Known known, Judge.Verdict verdict) {
        if (known.standing().subject() == null) {
            // A system key for somebody of whom nothing is known yet: the use is recorded of somebody.
            subjects.findOrRegister(caller.tenant(), request.userId(), caller.provenance());
            return Optional.empty();
        }
        if (!judge.permits(verdict)) {
            return Optional.empty();
        }
        ledger.prepare(caller.tenant(), verdict.at());
        Optional<Credential> credential = credentials.open(judge.name(caller.tenant(), known, verdict));
        if (credential.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(record(caller, request, known, verdict, credential.get(), Runnable::run)
                    .join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof KeyMoved) {
                return Optional.empty();
            }
            throw failed.getCause() instanceof RuntimeException why ? why : failed;
        }
    }

    /**
     * As {@link #resolve}, for an event loop: goes on at once where everything is at hand, and elsewhere otherwise.
     *
     * @param elsewhere where waiting is cheap
     * @param loop where what follows the commit runs: the appender's thread has better things to do
     */
    CompletableFuture<Resolved> resolveLater(Caller caller, ResolveRequest request, Executor elsewhere, Executor loop) {
        Known known = standings.peek(request.place(caller.tenant()));
        if (known != null && ledger.isReady(caller.tenant())) {
            confine(caller, request, known);
            Judge.Verdict verdict = judge.judge(known, request);
            if (verdict.decision().chosen() != null && judge.permits(verdict)) {
                Optional<Credential> credential = credentials.peek(judge.name(caller.tenant(), known, verdict));
                if (credential.isPresent()) {
                    return record(caller, request, known, verdict, credential.get(), loop)
                            .exceptionallyCompose(failed -> cause(failed) instanceof KeyMoved
                                    ? again(caller, request, elsewhere)
                                    : CompletableFuture.failedFuture(cause(failed)));
                }
            }
        }
        return CompletableFuture.supplyAsync(() -> resolve(caller, request), elsewhere);
    }

    private CompletableFuture<Resolved> again(Caller caller, ResolveRequest request, Executor elsewhere) {
        return CompletableFuture.supplyAsync(
                () -> {
                    standings.read(request.place(caller.tenant()));
                    return resolve(caller, request);
                },
                elsewhere);
    }

    /** A credential that may not leave is wiped here. */
    private CompletableFuture<Resolved> record(
            Caller caller,
            ResolveRequest request,
            Known known,
            Judge.Verdict verdict,
            Credential credential,
            Executor after) {
        UseSegment.Waiting use = judge.use(caller, request, known, verdict);
        return ledger.record(use)
                .handleAsync(
                        (position, failed) -> {
                            if (failed == null) {
                                return Judge.answer(use.use().id(), request, verdict.decision(), credential, position);
                            }
                            credential.close();
                            throw cause(failed) instanceof LogUnavailable
                                    ? new Unavailable(ProblemCode.AUDIT_UNAVAILABLE, SOON)
                                    : new CompletionException(cause(failed));
                        },
                        after);
    }

    private static Throwable cause(Throwable failed) {
        return failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
    }

    /** What {@link #resolve} would decide now; nothing is recorded and nothing leaves. */
    Resolved dryRun(Caller caller, ResolveRequest request) {
        Known now = standings.read(request.place(caller.tenant()));
        confine(caller, request, now);
        return Judge.answer(null, request, judge.judge(now, request).decision(), null, null);
    }

    /** Whose keys these are is part of what the recording transaction checks, so what is remembered is good enough. */
    private static void confine(Caller caller, ResolveRequest request, Known known) {
        caller.mustReach(request.provider());
        caller.mustReach(known.standing().subject());
    }

    private static RuntimeException refusal(Known known, Decision decision) {
        if (known.standing().suspended()) {
            return new BadRequest(ProblemCode.TENANT_SUSPENDED, ProblemCode.TENANT_SUSPENDED.title());
        }
        Duration retryAfter = decision.retryAfter();
        return retryAfter == null
                ? new Rejection(UseRefusal.NO_USABLE_KEY, Judge.explain(decision))
                : new Unavailable(ProblemCode.KEYS_RESTING.code(), retryAfter, Judge.explain(decision));
    }
}
