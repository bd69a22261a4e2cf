package io.byok.command.key;

import io.byok.command.head.KeyHead;
import io.byok.command.key.domain.KeyCommand;
import io.byok.command.provider.Catalogue;
import io.byok.command.provider.Provider;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From the body of a request to a command: everything that can be wrong with it is said at once, by field. */
final class KeyIntake {

    private final Catalogue catalogue;
    private final CredentialVault vault;

    KeyIntake(Catalogue catalogue, CredentialVault vault) {
        this.catalogue = catalogue;
        this.vault = vault;
    }

    /** @param userId absent for a key of the platform's own */
    KeyCommand.AddKey add(KeyId id, TenantId tenant, @Nullable String userId, AddKeyBody body, Instant at) {
        List<FieldProblem> problems = new ArrayList<>();
        String environment = Objects.requireNonNullElse(body.environment(), KeyFields.PRODUCTION);
        if (userId != null) {
            KeyFields.checkUserId(userId);
        }
        KeyFields.checkEnvironment(environment, problems);
        KeyFields.checkAlias(body.alias(), problems);
        KeyFields.checkDescription(body.description(), problems);
        KeyFields.checkTags(body.tags(), problems);
        KeyFields.checkPriority(body.priority(), problems);
        KeyFields.checkModels(body.models(), problems);
        Provider provider = provider(body.provider());
        problems.addAll(check(provider, body.credential()));
        KeyFields.refuse(problems);
        return new KeyCommand.AddKey(
                id,
                userId,
                provider.id(),
                environment,
                new KeyLabel(body.alias(), body.description(), KeyFields.tags(body.tags())),
                new KeyPolicy(
                        KeyFields.micros(body.expiresAt()),
                        Objects.requireNonNullElse(body.priority(), 0),
                        Objects.requireNonNullElse(body.fallback(), false),
                        KeyFields.tags(body.models())),
                provider.hint(new CredentialView(body.credential())),
                vault.fingerprint(tenant, provider.id(), body.credential()),
                at);
    }

    KeyCommand.RotateKey rotate(KeyHead head, RotateKeyBody body, Instant at) {
        Provider provider = provider(head.provider());
        KeyFields.refuse(check(provider, body.credential()));
        return new KeyCommand.RotateKey(
                head.key(),
                provider.hint(new CredentialView(body.credential())),
                vault.fingerprint(head.tenant(), provider.id(), body.credential()),
                Objects.requireNonNullElse(body.overlap(), Duration.ZERO),
                at);
    }

    private Provider provider(String id) {
        return catalogue
                .find(id)
                .orElseThrow(() -> new BadRequest(
                        "provider-unknown", "/provider", "There is no such provider; GET /v1/providers lists them."));
    }

    private static List<FieldProblem> check(Provider provider, Credential credential) {
        return provider.check(new CredentialView(credential)).stream()
                .map(problem -> new FieldProblem("/credential" + problem.pointer(), problem.message()))
                .toList();
    }
}
