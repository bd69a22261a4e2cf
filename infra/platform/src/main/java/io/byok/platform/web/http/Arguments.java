package io.byok.platform.web.http;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.IdempotencyKey;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RawBody;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * What a controller can ask for by type: the {@link Caller} and the {@link RawBody}, which are always there, and the
 * {@link ExpectedVersion} and {@link IdempotencyKey}, which are null when the caller sent none.
 */
final class Arguments implements HandlerMethodArgumentResolver {

    private static final Map<Class<?>, Function<NativeWebRequest, @Nullable Object>> BY_TYPE = Map.of(
            Caller.class, request -> attribute(request, CallerAuthentication.ATTRIBUTE),
            RawBody.class, request -> attribute(request, RawBody.ATTRIBUTE),
            ExpectedVersion.class,
                    request ->
                            header(request, HttpHeaders.IF_MATCH, ExpectedVersion::parse, ProblemCode.IF_MATCH_INVALID),
            IdempotencyKey.class,
                    request -> header(
                            request,
                            HeaderNames.IDEMPOTENCY_KEY,
                            IdempotencyKey::parse,
                            ProblemCode.IDEMPOTENCY_KEY_INVALID));

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return BY_TYPE.containsKey(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        var resolve = BY_TYPE.get(parameter.getParameterType());
        if (resolve == null) {
            throw new IllegalArgumentException("not an argument of ours: " + parameter.getParameterType());
        }
        return resolve.apply(request);
    }

    private static Object attribute(NativeWebRequest request, String name) {
        Object value = request.getAttribute(name, RequestAttributes.SCOPE_REQUEST);
        if (value == null) {
            throw new IllegalStateException("the guards have not set " + name);
        }
        return value;
    }

    private static <T> @Nullable T header(
            NativeWebRequest request, String name, Function<String, Optional<T>> parse, ProblemCode otherwise) {
        String[] sent = request.getHeaderValues(name);
        if (sent == null || sent.length == 0) {
            return null;
        }
        return Optional.of(sent)
                .filter(values -> values.length == 1)
                .flatMap(values -> parse.apply(values[0]))
                .orElseThrow(() -> new BadRequest(otherwise, otherwise.title()));
    }
}
