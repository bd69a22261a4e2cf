package io.byok.query.trail;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.AUDIT_SUBJECT;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.platform.web.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Writes down who reads the audit, before it is answered: whose read cannot be written down is not answered. Goes by where a
 * handler lives, so that a new one is on record without anybody having thought of it.
 *
 * <p>A read of the audit is a fact of the audit, and whoever reads on sees it; what they then read is counted with it, so a
 * loop of reads makes one fact a minute. Signed states and the key that signs them tell nothing of what was done, are
 * published anyhow, and are asked for by clocks: they are no reads, or every witness would make the log grow for ever.
 */
public final class AuditedReads implements HandlerInterceptor {

    private static final List<String> AUDIT = List.of("io.byok.query.audit.", "io.byok.query.replay.");
    private static final Set<String> PUBLISHED = Set.of(
            "/v1/audit/checkpoint",
            "/v1/audit/signing-key",
            "/v1/platform/audit/checkpoint",
            "/v1/platform/audit/signing-key");

    private final Trail trail;
    private final DSLContext view;

    /** @param view as the read side itself: statements name the tenant */
    public AuditedReads(Trail trail, DSLContext view) {
        this.trail = trail;
        this.view = view;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && AUDIT.stream().anyMatch(method.getBeanType().getName()::startsWith)
                && request.getAttribute(Caller.class.getName()) instanceof Caller caller
                && request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String path
                && !PUBLISHED.contains(path)) {
            String operation = (request.getMethod().equals("HEAD") ? "GET" : request.getMethod()) + ' ' + path;
            trail.read(caller, operation, key(caller, request), subject(caller, request));
        }
        return true;
    }

    /** Only the tenant's own: what else was asked for is nothing that anybody should find. */
    private @Nullable KeyId key(Caller caller, HttpServletRequest request) {
        String named = named(request, "keyId");
        return Optional.ofNullable(named)
                .flatMap(KeyId::parse)
                .filter(key -> view.fetchExists(
                        AUDIT_EVENT,
                        AUDIT_EVENT.TENANT.eq(caller.tenant().value()).and(AUDIT_EVENT.KEY.eq(key.value()))))
                .orElse(null);
    }

    private @Nullable SubjectId subject(Caller caller, HttpServletRequest request) {
        String named = named(request, "userId");
        return named == null
                ? null
                : view.select(AUDIT_SUBJECT.SUBJECT)
                        .from(AUDIT_SUBJECT)
                        .where(AUDIT_SUBJECT.TENANT.eq(caller.tenant().value()))
                        .and(AUDIT_SUBJECT.USER_ID.eq(named))
                        .fetchOptional(AUDIT_SUBJECT.SUBJECT)
                        .map(SubjectId::new)
                        .orElse(null);
    }

    private static @Nullable String named(HttpServletRequest request, String name) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get(name) instanceof String value) {
            return value;
        }
        return request.getParameter(name);
    }
}
