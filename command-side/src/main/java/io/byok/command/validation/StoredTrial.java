package io.byok.command.validation;

import io.byok.command.provider.probe.Probed;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialTrial;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for whoever stores credentials. */
final class StoredTrial implements CredentialTrial {

    private static final Logger LOG = LoggerFactory.getLogger(StoredTrial.class);

    private final Validation validation;
    private final DueRows rows;
    private final boolean on;
    private final Runnable wake;
    private final Clock clock;

    StoredTrial(Validation validation, DueRows rows, boolean on, Runnable wake, Clock clock) {
        this.validation = validation;
        this.rows = rows;
        this.on = on;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public Verdict ask(Place place, Credential credential, Provenance by) {
        if (!on) {
            throw Rejection.of(ValidationRefusal.OFF);
        }
        Probed probed = validation.ask(place, credential, Use.INTAKE, by);
        return new Verdict(
                Validation.isRejected(probed),
                probed.reading().because(),
                () -> validation.conclude(place, probed, Occasion.SAVED, by));
    }

    /** The key is stored, whatever becomes of this. */
    @Override
    public void soon(TenantId tenant, KeyId key, int version) {
        if (!on) {
            return;
        }
        try {
            rows.dueAt(tenant, key, version, clock.instant());
            wake.run();
        } catch (RuntimeException away) {
            LOG.warn("{} is stored, and not on the schedule: {}", key, away.toString());
        }
    }
}
