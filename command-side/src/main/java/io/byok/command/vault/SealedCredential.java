package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a credential, ready to be stored. Holds nothing in the clear but names.
 *
 * @param newKey the key's data key, when this is its first version
 * @param fields names, in order
 * @param sealed one per name; lent, never changed
 */
public record SealedCredential(
        TenantId tenant,
        SubjectId subject,
        KeyId key,
        int version,
        @Nullable WrappedCredentialKey newKey,
        List<String> fields,
        List<byte[]> sealed) {

    @Override
    public String toString() {
        return "SealedCredential[" + key + " v" + version + "]";
    }
}
