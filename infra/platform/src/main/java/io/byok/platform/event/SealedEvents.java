package io.byok.platform.event;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.Envelope;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.TenantErased;
import io.byok.kernel.erase.UserErased;
import io.byok.kernel.use.UseEvent;
import io.byok.platform.seal.Aad;
import io.byok.platform.seal.DataKeyRef;
import io.byok.platform.seal.KeyMissing;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.Opener;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.Sealer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Seals each event under the key of whom it is about, so that destroying that key destroys what is known of them and
 * nothing else: an end user's events under the end user's key; a tenant's own affairs under a key of the tenant; segments
 * of uses, which speak of many end users by their random ids only, under the tenant's audit key of the year.
 */
public final class SealedEvents implements EventSealing {

    private final Keyring keyring;
    private final Sealer sealer;
    private final Opener opener;
    private final EventJson json;

    public SealedEvents(Keyring keyring, EventJson json) {
        this.keyring = keyring;
        this.sealer = new Sealer(keyring);
        this.opener = new Opener(keyring);
        this.json = json;
    }

    @Override
    public SealedEvent seal(Envelope envelope) {
        EventName name = EventNames.of(envelope.event().getClass());
        byte[] plain = json.write(envelope.event(), envelope.by());
        try {
            return new SealedEvent(
                    envelope.eventId(),
                    envelope.tenant(),
                    envelope.subject(),
                    envelope.stream(),
                    envelope.sequence(),
                    name,
                    envelope.event().at(),
                    sealer.seal(key(envelope), place(envelope, name), plain));
        } catch (Sealer.KeyDestroyed erased) {
            // A tenant's own key goes with the tenant only; an audit key also with its year, and nothing is sealed in a
            // year that is let go.
            throw Rejection.of(envelope.subject() == null ? TenantErased.TENANT_ERASED : UserErased.USER_ERASED);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private DataKeyRef key(Envelope envelope) {
        return switch (owner(
                envelope.tenant(),
                envelope.subject(),
                envelope.event().getClass(),
                envelope.event().at())) {
            case Owner.Year year -> keyring.auditKey(envelope.tenant(), year.year());
            case Owner.Subject subject -> keyring.subjectKey(envelope.tenant(), subject.subject());
        };
    }

    /** Whose key seals an event. */
    private sealed interface Owner {
        record Subject(SubjectId subject) implements Owner {}

        record Year(int year) implements Owner {}
    }

    private static Owner owner(
            TenantId tenant, @Nullable SubjectId about, Class<? extends DomainEvent> type, Instant at) {
        if (about != null) {
            return new Owner.Subject(about);
        }
        // A tenant is its own end user in its own affairs.
        return UseEvent.class.isAssignableFrom(type)
                ? new Owner.Year(at.atOffset(ZoneOffset.UTC).getYear())
                : new Owner.Subject(new SubjectId(tenant.value()));
    }

    @Override
    public void prepare(TenantId tenant, @Nullable SubjectId about, Class<? extends DomainEvent> type, Instant at) {
        switch (owner(tenant, about, type, at)) {
            case Owner.Year year -> keyring.warm(keyring.auditKey(tenant, year.year()));
            case Owner.Subject subject -> keyring.warm(keyring.subjectKey(tenant, subject.subject()));
        }
    }

    @Override
    public boolean isReady(TenantId tenant, @Nullable SubjectId about, Class<? extends DomainEvent> type, Instant at) {
        return switch (owner(tenant, about, type, at)) {
            case Owner.Year year -> keyring.isWarmAudit(tenant, year.year());
            case Owner.Subject subject -> keyring.isWarmSubject(tenant, subject.subject());
        };
    }

    @Override
    public Opened open(SealedEvent event) {
        Upcasts.Path path = json.path(event);
        try {
            return switch (opener.open(event.payload(), place(event))) {
                case io.byok.platform.seal.Opened.Shredded _ -> new Opened.Shredded(event);
                case io.byok.platform.seal.Opened.Plain plain -> clear(event, path, plain.plaintext());
            };
        } catch (SealBroken broken) {
            throw new UnreadableEvent(event, "the seal does not hold");
        } catch (KeyMissing missing) {
            throw new UnreadableEvent(event, "its key is missing, and no tombstone says that it was destroyed");
        }
    }

    private Opened clear(SealedEvent event, Upcasts.Path path, byte[] plain) {
        EventJson.Read read = json.read(event, path, plain);
        return new Opened.Clear(
                event,
                new Envelope(
                        event.eventId(),
                        event.tenant(),
                        event.subject(),
                        event.stream(),
                        event.sequence(),
                        read.event(),
                        read.by()));
    }

    private static Aad place(Envelope envelope, EventName name) {
        return Aad.event(
                envelope.tenant(),
                envelope.subject(),
                envelope.stream(),
                envelope.sequence(),
                envelope.eventId(),
                name.word(),
                name.revision());
    }

    private static Aad place(SealedEvent event) {
        @Nullable SubjectId subject = event.subject();
        return Aad.event(
                event.tenant(),
                subject,
                event.stream(),
                event.sequence(),
                event.eventId(),
                event.name().word(),
                event.name().revision());
    }
}
