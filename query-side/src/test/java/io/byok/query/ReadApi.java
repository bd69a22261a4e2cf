package io.byok.query;

import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Unavailable;
import io.byok.platform.web.page.CursorKey;
import io.byok.platform.web.page.Cursors;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Controllers behind Spring MVC, with the tenant that a test names as the caller's. Problems are answered with their code
 * only; how they look is the platform's affair and is tested there.
 */
public final class ReadApi {

    /** Stands for the credential of a tenant. */
    public static final String TENANT = "X-Test-Tenant";

    private static final JsonMapper JSON = JsonMapper.shared();

    private ReadApi() {}

    public static Cursors cursors(Ledger ledger) {
        LookupHash hash = new LookupHash(ledger.keyring());
        CursorKey key = (tenant, content) -> hash.hash(tenant, "cursor", content);
        return new Cursors(key);
    }

    public static MockMvc of(Object controller, HandlerInterceptor... interceptors) {
        return MockMvcBuilders.standaloneSetup(controller)
                .setCustomArgumentResolvers(new CallerFromHeader())
                .setControllerAdvice(new Codes())
                .addInterceptors(interceptors)
                .build();
    }

    public static JsonNode json(String body) {
        return JSON.readTree(body);
    }

    private static final class CallerFromHeader implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType().equals(Caller.class);
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            String tenant = request.getHeader(TENANT);
            if (tenant == null) {
                throw new IllegalStateException("the test names no tenant");
            }
            return new Caller(TenantId.parse(tenant).orElseThrow(), new TokenId(new UUID(1, 1)), Set.of(), "req-1");
        }
    }

    @RestControllerAdvice
    static final class Codes {

        @ExceptionHandler
        ResponseEntity<String> bad(BadRequest bad) {
            return ResponseEntity.badRequest().body(bad.code());
        }

        @ExceptionHandler
        ResponseEntity<String> rejected(Rejection rejection) {
            return ResponseEntity.status(404).body(rejection.refusal().code());
        }

        @ExceptionHandler
        ResponseEntity<String> unavailable(Unavailable away) {
            return ResponseEntity.status(503)
                    .header("Retry-After", Long.toString(away.retryAfterSeconds()))
                    .body(away.code());
        }
    }
}
