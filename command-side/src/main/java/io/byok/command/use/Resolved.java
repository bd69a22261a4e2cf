package io.byok.command.use;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.byok.command.use.domain.Decision;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialExposure;
import io.byok.kernel.KeyId;
import io.byok.kernel.UseId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The answer to a request for a secret. Owns the credential: whoever sends it closes it.
 *
 * @param useId the record of this use; absent for a dry run
 * @param credential absent for a dry run
 * @param retryAfterMs how long the chain wants to be waited before it is used; absent for at once
 * @param position where the use is recorded: a read that names it sees it. Sent as a header
 */
public record Resolved(
        @Nullable UseId useId,
        @Nullable KeyId keyId,
        @Nullable Integer version,
        @Nullable String source,
        String provider,
        String environment,

        @JsonSerialize(using = CredentialExposure.class) @Nullable
        Credential credential,

        @Nullable Long retryAfterMs,
        List<Decision.Considered> decision,
        @JsonIgnore @Nullable Long position)
        implements AutoCloseable {

    @Override
    public void close() {
        if (credential != null) {
            credential.close();
        }
    }

    @Override
    public String toString() {
        return "Resolved[" + keyId + "]";
    }
}
