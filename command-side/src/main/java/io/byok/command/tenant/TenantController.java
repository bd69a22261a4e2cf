package io.byok.command.tenant;

import io.byok.command.bus.Receipt;
import io.byok.command.head.TenantHeads;
import io.byok.command.http.CommandAnswer;
import io.byok.command.tenant.domain.Tenant;
import io.byok.command.tenant.domain.TenantRefusal;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tenants over HTTP, for the operator. A new tenant comes with its first token, or nobody could enter it. A repeat is
 * recognised by the tenant's name, not by an idempotency key.
 */
@RestController
public class TenantController {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private static final int LONGEST_REASON = 500;

    private final Tenants tenants;
    private final TenantHeads heads;
    private final FirstToken firstToken;
    private final Cursors cursors;

    TenantController(Tenants tenants, TenantHeads heads, FirstToken firstToken, Cursors cursors) {
        this.cursors = cursors;
        this.tenants = tenants;
        this.heads = heads;
        this.firstToken = firstToken;
    }

    /** What is asked for. */
    public record TenantBody(String name) {}

    /** @param token the text of the tenant's first token, shown once */
    public record MadeTenant(TenantId id, String name, Instant createdAt, String token) {

        @Override
        public String toString() {
            return "MadeTenant[" + id + "]";
        }
    }

    /** A tenant as it is listed. */
    record ListedTenant(
            TenantId id,
            String name,
            Instant createdAt,
            String status,
            @Nullable Instant suspendedAt) {

        static ListedTenant of(TenantHeads.TenantHead head) {
            return new ListedTenant(
                    head.tenant(),
                    head.name(),
                    head.createdAt(),
                    head.suspendedAt() == null ? "active" : "suspended",
                    head.suspendedAt());
        }
    }

    /** A tenant after a change. */
    public record TenantShown(TenantId id, String name, Instant createdAt, String status, String etag) {}

    /** Why, in the operator's words. */
    public record WhyBody(@Nullable String reason) {}

    @PostMapping("/v1/tenants")
    @Answers(value = 201, body = MadeTenant.class, etag = true, problems = 409)
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ResponseEntity<Object> create(Caller caller, @RequestBody TenantBody body) {
        if (!NAME.matcher(body.name()).matches()) {
            throw new BadRequest("field-invalid", "/name", "A name is 1 to 63 lower-case letters, digits and hyphens.");
        }
        TenantHeads.TenantHead tenant = made(body.name(), caller);
        return firstToken.make(
                tenant.tenant(),
                caller.provenance(),
                token -> CommandAnswer.created(
                                URI.create("/v1/tenants/" + tenant.tenant()),
                                0L, // it has one event
                                token.position(),
                                new MadeTenant(tenant.tenant(), tenant.name(), tenant.createdAt(), token.text()))
                        .entity());
    }

    /** A new one; or one that was left without a token, by a node that died between the two: repeating completes it. */
    private TenantHeads.TenantHead made(String name, Caller caller) {
        try {
            Tenant.Active tenant =
                    (Tenant.Active) tenants.create(name, caller.provenance()).state();
            return new TenantHeads.TenantHead(tenant.id(), tenant.name(), tenant.createdAt(), null);
        } catch (Rejection taken) {
            return heads.find(name)
                    .filter(firstToken::isMissing)
                    .flatMap(heads::find)
                    .filter(head -> head.suspendedAt() == null)
                    .orElseThrow(() -> taken);
        }
    }

    @GetMapping("/v1/tenants")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public Page<ListedTenant> list(
            Caller caller, @RequestParam @Nullable String limit, @RequestParam @Nullable String cursor) {
        return cursors.page(
                new Cursors.Scope(caller.tenant(), "tenants", List.of()),
                limit,
                cursor,
                (last, most) -> heads.after(last == null ? null : new TenantId(last), most).stream()
                        .map(ListedTenant::of)
                        .toList(),
                tenant -> tenant.id().value());
    }

    @GetMapping("/v1/tenants/{tenantId}")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ListedTenant one(Caller caller, @PathVariable String tenantId) {
        return ListedTenant.of(found(tenantId));
    }

    /** Once it has returned no node hands out a secret of this tenant and none of its commands is carried out. */
    @PostMapping("/v1/tenants/{tenantId}/suspend")
    @Answers(
            body = TenantShown.class,
            etag = true,
            problems = {404, 409})
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ResponseEntity<Object> suspend(
            Caller caller, @PathVariable String tenantId, @RequestBody(required = false) @Nullable WhyBody body) {
        TenantId tenant = found(tenantId).tenant();
        if (tenant.equals(caller.tenant())) {
            throw Rejection.of(TenantRefusal.OWN);
        }
        return shown(tenants.suspend(tenant, reason(body), caller.provenance()));
    }

    @PostMapping("/v1/tenants/{tenantId}/resume")
    @Answers(
            body = TenantShown.class,
            etag = true,
            problems = {404, 409, 410})
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ResponseEntity<Object> resume(
            Caller caller, @PathVariable String tenantId, @RequestBody(required = false) @Nullable WhyBody body) {
        return shown(tenants.resume(found(tenantId).tenant(), reason(body), caller.provenance()));
    }

    private TenantHeads.TenantHead found(String tenantId) {
        return TenantId.parse(tenantId).flatMap(heads::find).orElseThrow(() -> Rejection.of(TenantRefusal.NOT_FOUND));
    }

    private static @Nullable String reason(@Nullable WhyBody body) {
        String reason = body == null ? null : body.reason();
        if (reason != null
                && (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl))) {
            throw new BadRequest(
                    "field-invalid", "/reason", "At most " + LONGEST_REASON + " characters, no control characters.");
        }
        return reason;
    }

    private static ResponseEntity<Object> shown(Receipt<Tenant> receipt) {
        Tenant.Present tenant = (Tenant.Present) receipt.state();
        String status = switch (tenant) {
            case Tenant.Active _ -> "active";
            case Tenant.Suspended _ -> "suspended";
        };
        return CommandAnswer.ok(
                        receipt.version(),
                        receipt.position(),
                        new TenantShown(
                                tenant.id(),
                                tenant.name(),
                                tenant.createdAt(),
                                status,
                                ExpectedVersion.etag(receipt.version())))
                .entity();
    }
}
