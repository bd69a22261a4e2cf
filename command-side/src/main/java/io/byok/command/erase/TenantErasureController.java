package io.byok.command.erase;

import io.byok.command.bus.Receipt;
import io.byok.command.erase.domain.TenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand.RequestTenantErasure;
import io.byok.command.erase.domain.TenantErasureRefusal;
import io.byok.command.head.TenantHeads;
import io.byok.command.http.CommandAnswer;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Erases tenants, for the operator. Only a suspended one, so nothing of it is served; from the answer on nothing of it is
 * written either, and the rest follows by itself. Asked again, at any time, it answers the same erasure.
 */
@RestController
public class TenantErasureController {

    private final TenantHeads tenants;
    private final TenantErasures erasures;
    private final TenantErasureHeads heads;
    private final TenantErasureSaga saga;
    private final ErasureTimer timer;
    private final Cursors cursors;
    private final Clock clock;

    TenantErasureController(
            TenantHeads tenants,
            TenantErasures erasures,
            TenantErasureHeads heads,
            TenantErasureSaga saga,
            ErasureTimer timer,
            Cursors cursors,
            Clock clock) {
        this.tenants = tenants;
        this.erasures = erasures;
        this.heads = heads;
        this.saga = saga;
        this.timer = timer;
        this.cursors = cursors;
        this.clock = clock;
    }

    @PostMapping("/v1/tenants/{tenantId}/erase")
    @Answers(
            value = 202,
            body = TenantErasureView.class,
            problems = {404, 409})
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ResponseEntity<Object> erase(
            Caller caller, @PathVariable String tenantId, @RequestBody TenantEraseBody body) {
        body.check();
        TenantId tenant = TenantId.parse(tenantId).orElseThrow(() -> Rejection.of(TenantErasureRefusal.NO_TENANT));
        if (tenant.equals(caller.tenant())) {
            throw Rejection.of(TenantErasureRefusal.OWN);
        }
        TenantErasureId id = TenantErasureId.of(tenant);
        Optional<TenantErasureHeads.Head> begun = heads.find(id);
        if (begun.isPresent()) {
            Long destroyed = begun.get().position();
            return accepted(begun.get(), destroyed == null ? 0 : destroyed);
        }
        body.confirm(tenants.find(tenant)
                .orElseThrow(() -> Rejection.of(TenantErasureRefusal.NO_TENANT))
                .name());
        Receipt<TenantErasure> receipt = erasures.request(
                caller.tenant(),
                new RequestTenantErasure(
                        id, body.reason(), body.legalBasis(), clock.instant().truncatedTo(ChronoUnit.MICROS)),
                caller.provenance());
        timer.wake();
        return accepted(head(id), receipt.position());
    }

    @GetMapping("/v1/tenant-erasures")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public Page<TenantErasureView> list(
            Caller caller, @RequestParam @Nullable String limit, @RequestParam @Nullable String cursor) {
        return cursors.page(
                new Cursors.Scope(caller.tenant(), "tenant-erasures", List.of()),
                limit,
                cursor,
                (last, most) -> heads.after(last == null ? null : new TenantErasureId(last), most).stream()
                        .map(head -> TenantErasureView.of(head, List.of()))
                        .toList(),
                erasure -> erasure.id().value());
    }

    @GetMapping("/v1/tenant-erasures/{erasureId}")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public TenantErasureView one(Caller caller, @PathVariable String erasureId) {
        return shown(head(erasureId));
    }

    /** A signed note; {@code ./byok erase verify} checks it anywhere. */
    @GetMapping(
            value = "/v1/tenant-erasures/{erasureId}/certificate",
            produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @Answers(body = String.class, type = MediaType.TEXT_PLAIN_VALUE, problems = 409)
    @RequiresScope(Scopes.TENANTS_WRITE)
    public String certificate(Caller caller, @PathVariable String erasureId) {
        String certificate = head(erasureId).certificate();
        if (certificate == null) {
            throw Rejection.of(TenantErasureRefusal.NOT_OVER);
        }
        return certificate;
    }

    private ResponseEntity<Object> accepted(TenantErasureHeads.Head head, long position) {
        return CommandAnswer.accepted(URI.create("/v1/tenant-erasures/" + head.id()), position, shown(head))
                .entity();
    }

    private TenantErasureHeads.Head head(String id) {
        return TenantErasureId.parse(id)
                .map(this::head)
                .orElseThrow(() -> Rejection.of(TenantErasureRefusal.NOT_FOUND));
    }

    private TenantErasureHeads.Head head(TenantErasureId id) {
        return heads.find(id).orElseThrow(() -> Rejection.of(TenantErasureRefusal.NOT_FOUND));
    }

    /** With who has said so, and, until it is over, whom it waits for. */
    private TenantErasureView shown(TenantErasureHeads.Head head) {
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
        return TenantErasureView.of(head, List.copyOf(acks.values()));
    }
}
