package io.byok.command.chain;

import io.byok.command.bus.Receipt;
import io.byok.command.chain.domain.Chain;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.head.TenantHeads;
import io.byok.command.http.CommandAnswer;
import io.byok.command.http.IfMatch;
import io.byok.command.provider.Catalogue;
import io.byok.command.provider.ProviderRefusal;
import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.kernel.chain.ChainNotFound;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says over HTTP what may happen when a key fails: for one end user, or as the tenant's default. A PUT may be repeated:
 * saying again what holds already does nothing.
 */
@RestController
public class ChainController {

    private static final int LONGEST_USER_ID = 255;

    private final Chains chains;
    private final SubjectDirectory subjects;
    private final KeyHeads keys;
    private final Catalogue catalogue;

    ChainController(Chains chains, SubjectDirectory subjects, KeyHeads keys, Catalogue catalogue) {
        this.chains = chains;
        this.subjects = subjects;
        this.keys = keys;
        this.catalogue = catalogue;
    }

    @PutMapping("/v1/users/{userId}/chains/{provider}")
    @Answers(
            body = ChainShown.class,
            etag = true,
            problems = {404, 410})
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> set(
            Caller caller,
            @PathVariable String userId,
            @PathVariable String provider,
            @Nullable ExpectedVersion ifMatch,
            @RequestBody ChainBody body) {
        checkUserId(userId);
        requireProvider(provider);
        var known = subjects.find(caller.tenant(), userId);
        Set<KeyId> usable = known.map(
                        subject -> keys.candidates(caller.tenant(), subject, provider, body.place()).stream()
                                .map(KeyHead::key)
                                .collect(Collectors.toSet()))
                .orElse(Set.of());
        var policy = body.policy(usable);
        SubjectId subject =
                known.orElseGet(() -> subjects.findOrRegister(caller.tenant(), userId, caller.provenance()));
        return shown(chains.set(
                new Chains.Place(caller.tenant(), subject, userId, provider, body.place()),
                policy,
                caller.provenance(),
                IfMatch.version(ifMatch)));
    }

    @DeleteMapping("/v1/users/{userId}/chains/{provider}")
    @Answers(
            value = 204,
            etag = true,
            problems = {404, 410})
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> remove(
            Caller caller,
            @PathVariable String userId,
            @PathVariable String provider,
            @RequestParam(defaultValue = ChainBody.PRODUCTION) String environment,
            @Nullable ExpectedVersion ifMatch) {
        SubjectId subject =
                subjects.find(caller.tenant(), userId).orElseThrow(() -> Rejection.of(ChainNotFound.CHAIN_NOT_FOUND));
        return removed(caller, new Chains.Place(caller.tenant(), subject, userId, provider, environment), ifMatch);
    }

    /** The default of a tenant names no keys: they are its users'. */
    @PutMapping("/v1/chains/{provider}")
    @Answers(
            body = ChainShown.class,
            etag = true,
            problems = {404})
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> setDefault(
            Caller caller,
            @PathVariable String provider,
            @Nullable ExpectedVersion ifMatch,
            @RequestBody ChainBody body) {
        requireProvider(provider);
        return shown(chains.set(
                ofTenant(caller, provider, body.place()),
                body.policy(Set.of()),
                caller.provenance(),
                IfMatch.version(ifMatch)));
    }

    @DeleteMapping("/v1/chains/{provider}")
    @Answers(
            value = 204,
            etag = true,
            problems = {404})
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> removeDefault(
            Caller caller,
            @PathVariable String provider,
            @RequestParam(defaultValue = ChainBody.PRODUCTION) String environment,
            @Nullable ExpectedVersion ifMatch) {
        return removed(caller, ofTenant(caller, provider, environment), ifMatch);
    }

    private static Chains.Place ofTenant(Caller caller, String provider, String environment) {
        return new Chains.Place(caller.tenant(), TenantHeads.self(caller.tenant()), null, provider, environment);
    }

    private ResponseEntity<Object> removed(Caller caller, Chains.Place place, @Nullable ExpectedVersion ifMatch) {
        ChainBody.checkEnvironment(place.environment());
        Receipt<Chain> receipt = chains.remove(place, caller.provenance(), IfMatch.version(ifMatch));
        return CommandAnswer.noContent(receipt.version(), receipt.position()).entity();
    }

    private static ResponseEntity<Object> shown(Receipt<Chain> receipt) {
        return CommandAnswer.ok(receipt.version(), receipt.position(), ChainShown.of(receipt))
                .entity();
    }

    private void requireProvider(String provider) {
        if (catalogue.find(provider).isEmpty()) {
            throw Rejection.of(ProviderRefusal.UNKNOWN);
        }
    }

    private static void checkUserId(String userId) {
        if (userId.isBlank()
                || userId.length() > LONGEST_USER_ID
                || userId.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequest(
                    "user-id-invalid",
                    "",
                    "A user id has 1 to " + LONGEST_USER_ID + " characters, none of them a control character.");
        }
    }
}
