package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;

/** Asks a credential's provider whether it works, for whoever is about to store one. */
public interface CredentialTrial {

    /** Where a credential is, or will be, stored. */
    record Place(TenantId tenant, SubjectId subject, KeyId key, int version, String provider, String environment) {}

    /**
     * What asking brought.
     *
     * @param rejected whether the provider refuses the credential; everything else is no reason not to store it
     * @param message one sentence for people
     */
    record Verdict(boolean rejected, String message, Runnable keep) {

        /** Makes the verdict part of the key's history, once the key is stored. */
        public void stored() {
            keep.run();
        }
    }

    /** Asks now; the use is on record before. Takes as long as the provider does, within the operator's limit. */
    Verdict ask(Place place, Credential credential, Provenance by);

    /** Has the stored credential asked about soon, in the background. */
    void soon(TenantId tenant, KeyId key, int version);
}
