package io.byok.command.validation;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyMoved;
import io.byok.command.head.TenantHeads;
import io.byok.command.head.UseRecorder;
import io.byok.command.provider.Catalogue;
import io.byok.command.provider.Outcome;
import io.byok.command.provider.Provider;
import io.byok.command.provider.Reading;
import io.byok.command.provider.probe.Probed;
import io.byok.command.store.Appender;
import io.byok.command.store.Row;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialTrial.Place;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import io.byok.kernel.validation.ValidationEvent.KeyValidated;
import io.byok.platform.event.EventSealing;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One validation, in the order that P2 asks for: the use is on record, then the provider is called, then what it said
 * becomes an event and the key's health. A provider's answer changes what is known of a key and nothing else: no key is
 * ever disabled by one.
 */
final class Validation {

    private static final String PURPOSE = "validation";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Catalogue catalogue;
    private final CredentialVault vault;
    private final UseRecorder uses;
    private final Asking asking;
    private final TenantHeads tenants;
    private final Schedule schedule;
    private final HealthRows rows;
    private final Appender appender;
    private final EventSealing sealing;
    private final Ids ids;
    private final Clock clock;

    Validation(
            Catalogue catalogue,
            CredentialVault vault,
            UseRecorder uses,
            Asking asking,
            TenantHeads tenants,
            Schedule schedule,
            HealthRows rows,
            Appender appender,
            EventSealing sealing,
            Ids ids,
            Clock clock) {
        this.catalogue = catalogue;
        this.vault = vault;
        this.uses = uses;
        this.asking = asking;
        this.tenants = tenants;
        this.schedule = schedule;
        this.rows = rows;
        this.appender = appender;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Asks about a stored key.
     *
     * @throws Rejection for a key that is revoked, deleted or erased, or that the catalogue no longer describes
     * @throws BadRequest {@code tenant-suspended}
     * @throws Unavailable when the use cannot be recorded: then nobody is asked
     */
    Result check(KeyHead head, Occasion occasion, Provenance by) {
        if (!head.status().mayBeAsked()) {
            throw Rejection.of(ValidationRefusal.KEY_ENDED);
        }
        Place place = new Place(
                head.tenant(), head.subject(), head.key(), head.version(), head.provider(), head.environment());
        Credential opened = vault.open(head.tenant(), head.subject(), head.key(), head.version())
                .orElseThrow(() -> Rejection.of(ValidationRefusal.KEY_ENDED));
        try (opened) {
            Probed probed = ask(place, opened, Use.VALIDATION, by);
            return conclude(place, probed, occasion, by);
        }
    }

    /** Asks a provider about a credential; the use is on record before. */
    Probed ask(Place place, Credential credential, String source, Provenance by) {
        Provider provider = catalogue
                .find(place.provider())
                .filter(described -> described.formOf(credential.names()).isPresent())
                .orElseThrow(() -> Rejection.of(ValidationRefusal.PROVIDER_GONE));
        refuseSuspended(place.tenant());
        record(place, source, by);
        return asking.ask(provider, new UsedCredential(credential));
    }

    private void refuseSuspended(TenantId tenant) {
        if (!tenants.suspended(List.of(tenant)).isEmpty()) {
            throw new BadRequest(ProblemCode.TENANT_SUSPENDED, ProblemCode.TENANT_SUSPENDED.title());
        }
    }

    private void record(Place place, String source, Provenance by) {
        Use use = new Use(
                ids.use(),
                place.key(),
                place.version(),
                place.subject(),
                place.provider(),
                place.environment(),
                source,
                PURPOSE,
                null,
                by.actor(),
                by.requestId(),
                now());
        try {
            uses.record(place.tenant(), use).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof KeyMoved) {
                refuseSuspended(place.tenant());
                if (source.equals(Use.VALIDATION)) {
                    throw Rejection.of(ValidationRefusal.KEY_ENDED);
                }
            }
            throw new Unavailable(ProblemCode.AUDIT_UNAVAILABLE, SOON);
        }
    }

    /** Makes what was learnt durable. */
    Result conclude(Place place, Probed probed, Occasion occasion, Provenance by) {
        Instant now = now();
        Reading reading = probed.reading();
        State state = State.of(reading.outcome());
        int score = state.score(rows.success(place.key()));
        KeyValidated event = new KeyValidated(
                place.key(),
                place.version(),
                state.word(),
                reading.because(),
                reading.lacks(),
                score,
                occasion.word(),
                probed.called(),
                probed.took().toMillis(),
                now);
        Instant next = schedule.next(now, reading);
        Health health = new Health(place.key(), place.tenant(), place.version(), state, score, now, next);
        appender.append(new Learnt(place.tenant(), place.subject(), event, by, new Row<>(rows, health), sealing, ids));
        return new Result(
                place.key(),
                place.version(),
                state.word(),
                reading.because(),
                reading.lacks(),
                reading.told(),
                score,
                probed.called(),
                "none",
                probed.took().toMillis(),
                now,
                seconds(reading.retryAfter()));
    }

    /** Whether the provider refuses the credential; nothing else is a reason not to store it. */
    static boolean isRejected(Probed probed) {
        return probed.reading().outcome() == Outcome.INVALID;
    }

    private static @Nullable Long seconds(@Nullable Duration wait) {
        return wait == null ? null : wait.toSeconds();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
