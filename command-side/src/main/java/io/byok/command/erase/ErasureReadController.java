package io.byok.command.erase;

import io.byok.command.erase.domain.ErasureRefusal;
import io.byok.kernel.ErasureId;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.OpenToAll;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
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

    private static final int USUAL = 50;
    private static final int MOST = 100;

    private final ErasureHeads heads;
    private final ErasureHistory history;
    private final ErasureSaga saga;
    private final PlatformSigner signer;

    ErasureReadController(ErasureHeads heads, ErasureHistory history, ErasureSaga saga, PlatformSigner signer) {
        this.heads = heads;
        this.history = history;
        this.saga = saga;
        this.signer = signer;
    }

    /** An erasure in a list. */
    public record Listed(
            ErasureId id,
            SubjectId subject,
            String status,
            String legalBasis,
            Instant requestedAt,
            @Nullable Instant destroyedAt,
            @Nullable Instant erasedAt) {}

    /** A page of erasures. */
    public record Erased(List<Listed> data, @Nullable String nextCursor) {}

    /** @param key in the C2SP form of a verifier key */
    public record SigningKey(String name, String key) {}

    @GetMapping("/v1/erasures")
    @RequiresScope(Scopes.USERS_ERASE)
    public Erased list(Caller caller, @RequestParam @Nullable Integer limit, @RequestParam @Nullable String cursor) {
        int most = limit == null ? USUAL : limit;
        if (most < 1 || most > MOST) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "limit takes a number from 1 to " + MOST);
        }
        ErasureId before = cursor == null
                ? null
                : ErasureId.parse(cursor)
                        .orElseThrow(() -> new BadRequest(
                                ProblemCode.PARAMETER_INVALID, "cursor is not the nextCursor of an answer"));
        List<ErasureHeads.Head> found = heads.list(caller.tenant(), before, most + 1);
        List<ErasureHeads.Head> page = found.subList(0, Math.min(most, found.size()));
        return new Erased(
                page.stream().map(ErasureReadController::listed).toList(),
                found.size() > most ? page.getLast().id().text() : null);
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

    private static Listed listed(ErasureHeads.Head head) {
        return new Listed(
                head.id(),
                head.id().subject(),
                head.status().word(),
                head.legalBasis(),
                head.requestedAt(),
                head.destroyedAt(),
                head.erasedAt());
    }
}
