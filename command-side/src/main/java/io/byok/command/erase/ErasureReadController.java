package io.byok.command.erase;

import io.byok.command.erase.domain.ErasureRefusal;
import io.byok.kernel.ErasureId;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.OpenToAll;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows erasures of the caller's tenant, as they are at this moment, and their certificates. */
@RestController
public class ErasureReadController {

    private final ErasureHeads heads;
    private final ErasureHistory history;
    private final ErasureSaga saga;
    private final PlatformSigner signer;
    private final Cursors cursors;

    ErasureReadController(
            ErasureHeads heads, ErasureHistory history, ErasureSaga saga, PlatformSigner signer, Cursors cursors) {
        this.cursors = cursors;
        this.heads = heads;
        this.history = history;
        this.saga = saga;
        this.signer = signer;
    }

    /** An erasure in a list. */
    public record ListedErasure(
            ErasureId id,
            SubjectId subject,
            String status,
            String legalBasis,
            Instant requestedAt,
            @Nullable Instant destroyedAt,
            @Nullable Instant erasedAt) {}

    /** @param key in the C2SP form of a verifier key */
    public record SigningKey(String name, String key) {}

    @GetMapping("/v1/erasures")
    @RequiresScope(Scopes.USERS_ERASE)
    public Page<ListedErasure> list(
            Caller caller, @RequestParam @Nullable String limit, @RequestParam @Nullable String cursor) {
        return cursors.page(
                new Cursors.Scope(caller.tenant(), "erasures", List.of()),
                limit,
                cursor,
                (last, most) -> heads.list(caller.tenant(), last == null ? null : new ErasureId(last), most).stream()
                        .map(ErasureReadController::listed)
                        .toList(),
                erasure -> erasure.id().value());
    }

    @GetMapping("/v1/erasures/{erasureId}")
    @RequiresScope(Scopes.USERS_ERASE)
    public ErasureView one(Caller caller, @PathVariable String erasureId) {
        ErasureHeads.Head head = head(caller, erasureId);
        return ErasureView.of(history.now(StreamId.of(head.id())), acknowledgements(head));
    }

    /** A signed note; {@code ./byok erase verify} checks it anywhere. */
    @GetMapping(
            value = "/v1/erasures/{erasureId}/certificate",
            produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @Answers(body = String.class, type = MediaType.TEXT_PLAIN_VALUE, problems = 409)
    @RequiresScope(Scopes.USERS_ERASE)
    public String certificate(Caller caller, @PathVariable String erasureId) {
        String certificate = head(caller, erasureId).certificate();
        if (certificate == null) {
            throw Rejection.of(ErasureRefusal.NOT_OVER);
        }
        return certificate;
    }

    /** Whoever is shown a certificate must be able to check it. */
    @GetMapping("/v1/erasures/signing-key")
    @OpenToAll
    public SigningKey signingKey() {
        return new SigningKey(ErasureSaga.SIGNER, signer.key(ErasureSaga.SIGNER).text());
    }

    private ErasureHeads.Head head(Caller caller, String erasureId) {
        return ErasureId.parse(erasureId)
                .flatMap(id -> heads.find(caller.tenant(), id))
                .orElseThrow(() -> Rejection.of(ErasureRefusal.NOT_FOUND));
    }

    /** Who has said so, and, until it is over, whom it waits for. */
    private List<ErasureView.Ack> acknowledgements(ErasureHeads.Head head) {
        Map<String, ErasureView.Ack> acks = new LinkedHashMap<>();
        for (Acknowledgement one : heads.acknowledgements(head.id())) {
            acks.put(one.store(), new ErasureView.Ack(one.store(), "acknowledged", one.how(), one.at()));
        }
        if (head.status() != ErasureStatus.ERASED) {
            saga.words(head).stream()
                    .filter(word -> !word.through())
                    .forEach(word -> acks.putIfAbsent(
                            word.store(), new ErasureView.Ack(word.store(), "waiting", word.how(), null)));
        }
        return List.copyOf(acks.values());
    }

    private static ListedErasure listed(ErasureHeads.Head head) {
        return new ListedErasure(
                head.id(),
                head.id().subject(),
                head.status().word(),
                head.legalBasis(),
                head.requestedAt(),
                head.destroyedAt(),
                head.erasedAt());
    }
}
