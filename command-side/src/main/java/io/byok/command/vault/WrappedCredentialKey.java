package io.byok.command.vault;

import io.byok.platform.seal.DataKeyRef;

/**
 * A provider key's own data key, wrapped.
 *
 * @param wrapped under the tenant's key of the credentials chain; lent, never changed
 */
public record WrappedCredentialKey(DataKeyRef ref, byte[] wrapped) {

    @Override
    public String toString() {
        return "WrappedCredentialKey[" + ref.id() + "]";
    }
}
