package io.byok.command.key;

import io.byok.command.head.KeyHead;
import io.byok.command.http.CommandAnswer;
import io.byok.command.key.domain.KeyRefusal;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialTrial;
import io.byok.command.vault.CredentialTrial.Place;
import io.byok.command.vault.CredentialTrial.Verdict;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Storing a credential, with its provider asked before, soon after, or never. */
final class Trials {

    private final CredentialTrial trial;

    Trials(CredentialTrial trial) {
        this.trial = trial;
    }

    /** Where the next version of a key will be. */
    static Place next(KeyHead head) {
        return new Place(
                head.tenant(), head.subject(), head.key(), head.version() + 1, head.provider(), head.environment());
    }

    /** @throws Rejection {@code credential-rejected}, and nothing is stored */
    CommandAnswer around(
            Place place,
            Credential credential,
            AddKeyBody.@Nullable Validate when,
            Provenance by,
            Supplier<CommandAnswer> store) {
        return switch (when == null ? AddKeyBody.Validate.LATER : when) {
            case NOW -> {
                Verdict verdict = trial.ask(place, credential, by);
                if (verdict.rejected()) {
                    throw new Rejection(KeyRefusal.CREDENTIAL_REJECTED, verdict.message());
                }
                CommandAnswer answer = store.get();
                verdict.stored();
                yield answer;
            }
            case LATER -> {
                CommandAnswer answer = store.get();
                trial.soon(place.tenant(), place.key(), place.version());
                yield answer;
            }
            case NEVER -> store.get();
        };
    }
}
