package io.byok.command.erase;

import io.byok.command.erase.domain.TenantErasure;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.kernel.erase.TenantErasureEvent.TenantKeysDestroyed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a tenant's erasure is certified with: lines as those of {@link Certificate}. The keys under the tenant's own are too
 * many to be listed; their lines are hashed, and stand in {@code keyring.tombstone} to be hashed again.
 */
final class TenantCertificate {

    /** The first line; another format gets another one. */
    static final String FORMAT = "byok tenant erasure certificate 1";

    private TenantCertificate() {}

    /** @param horizon after how long no backup opens the destroyed keys any more */
    static String text(
            TenantErasure.Destroyed erasure,
            long position,
            List<Acknowledgement> acknowledgements,
            Duration horizon,
            Instant at) {
        TenantKeysDestroyed destruction = erasure.destruction();
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        Certificate.line(text, "erasure", destruction.erasure());
        Certificate.line(text, "tenant", destruction.tenant());
        Certificate.line(
                text, "legal-basis", Certificate.quoted(erasure.request().legalBasis()));
        Certificate.line(text, "requested-at", erasure.request().at());
        Certificate.line(text, "destroyed-at", destruction.at());
        Certificate.line(text, "destroyed-position", position);
        Certificate.line(text, "erased-at", at);
        Certificate.line(text, "backup-horizon", horizon, destruction.at().plus(horizon));
        Certificate.line(text, "credentials", destruction.credentials());
        Certificate.line(text, "data-keys", destruction.dataKeys());
        Certificate.line(text, "tombstones", destruction.tombstones());
        for (DestroyedKey kek : destruction.keks()) {
            Certificate.line(text, kek.kind(), kek.id(), kek.version(), kek.wrapHash());
        }
        for (Acknowledgement one : acknowledgements) {
            Certificate.line(text, "acknowledged", one.store(), one.at(), Certificate.quoted(one.how()));
        }
        return text.toString();
    }
}
