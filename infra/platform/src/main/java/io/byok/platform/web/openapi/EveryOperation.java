package io.byok.platform.web.openapi;

import io.byok.platform.web.Answers;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Takes;
import io.byok.platform.web.page.PageLimit;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * Adds to each operation what the guards do to it and what {@link Answers} tells: the scope it needs, the headers it takes,
 * the answers and problems it gives.
 */
final class EveryOperation implements GlobalOperationCustomizer {

    private static final String LIMIT = "limit";

    private final AnswerSchemas schemas;

    EveryOperation(AnswerSchemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        RequiresScope scope = handler.getMethodAnnotation(RequiresScope.class);
        String feature = handler.getBeanType().getSimpleName().replace("Controller", "");
        operation.setTags(List.of(feature.toLowerCase(Locale.ROOT)));
        operation.setOperationId(
                handler.getMethod().getName() + feature); // never the framework's, which counts upwards
        boolean reads = handler.hasMethodAnnotation(GetMapping.class);
        operation.setSecurity(
                scope == null
                        ? List.of()
                        : List.of(new SecurityRequirement().addList(WholeDocument.TOKEN, scope.value())));
        Answers answers = handler.getMethodAnnotation(Answers.class);
        if (answers != null) {
            answer(operation, answers);
        }
        Takes takes = handler.getMethodAnnotation(Takes.class);
        if (takes != null) {
            operation.getRequestBody().setContent(json(takes.value()));
        }
        boundLimit(operation);
        addHeaders(operation, handler, scope != null, reads);
        addProblems(operation, handler, scope != null);
        addAnswerHeaders(operation, scope != null && !reads);
        return operation;
    }

    /** It is read as text, so that a word gets the answer that a number out of bounds gets. */
    private static void boundLimit(Operation operation) {
        List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
        parameters.stream()
                .filter(parameter -> LIMIT.equals(parameter.getName()))
                .forEach(limit -> limit.schema(new IntegerSchema()
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(PageLimit.MOST))
                        ._default(PageLimit.USUAL)));
    }

    private void answer(Operation operation, Answers answers) {
        ApiResponse response = new ApiResponse()
                .description(HttpStatus.valueOf(answers.value()).getReasonPhrase());
        if (answers.body() != Void.class) {
            response.content(content(answers.type(), answers.body()));
        }
        if (answers.etag()) {
            response.addHeaderObject(HttpHeaders.ETAG, WholeDocument.header(HttpHeaders.ETAG));
        }
        if (answers.value() == HttpStatus.CREATED.value()) {
            response.addHeaderObject(HttpHeaders.LOCATION, WholeDocument.header(HttpHeaders.LOCATION));
        }
        if (answers.once()) {
            response.addHeaderObject(
                    HeaderNames.IDEMPOTENT_REPLAYED, WholeDocument.header(HeaderNames.IDEMPOTENT_REPLAYED));
        }
        operation.setResponses(new ApiResponses());
        operation.getResponses().addApiResponse(Integer.toString(answers.value()), response);
    }

    private Content json(Class<?> type) {
        return content(MediaType.APPLICATION_JSON_VALUE, type);
    }

    private Content content(String written, Class<?> type) {
        return new Content()
                .addMediaType(written, new io.swagger.v3.oas.models.media.MediaType().schema(schemas.of(type)));
    }

    private static boolean once(HandlerMethod handler) {
        Answers answers = handler.getMethodAnnotation(Answers.class);
        return answers != null && answers.once();
    }

    private static void addHeaders(Operation operation, HandlerMethod handler, boolean known, boolean reads) {
        add(operation, WholeDocument.REQUEST_ID);
        if (known && reads) {
            add(operation, HeaderNames.MIN_POSITION);
        }
        if (takes(handler, ExpectedVersion.class)) {
            add(operation, WholeDocument.IF_MATCH);
        }
        if (once(handler)) {
            add(operation, HeaderNames.IDEMPOTENCY_KEY);
        }
    }

    private static void add(Operation operation, String parameter) {
        operation.addParametersItem(new Parameter().$ref("#/components/parameters/" + parameter));
    }

    private static void addProblems(Operation operation, HandlerMethod handler, boolean known) {
        // 401 everywhere: a token that opens nothing is refused where none is needed, too
        Set<Integer> statuses = new TreeSet<>(Set.of(400, 401, 406, 500, 503));
        if (known) {
            statuses.addAll(Set.of(403, 429));
        }
        if (has(handler, PathVariable.class)) {
            statuses.add(404);
        }
        if (has(handler, RequestBody.class)) {
            statuses.addAll(Set.of(408, 413, 415, 422));
        }
        if (once(handler)) {
            statuses.addAll(Set.of(409, 422));
        }
        if (takes(handler, ExpectedVersion.class)) {
            statuses.addAll(Set.of(409, 412));
        }
        Answers answers = handler.getMethodAnnotation(Answers.class);
        if (answers != null) {
            Arrays.stream(answers.problems()).forEach(statuses::add);
        }
        for (int status : statuses) {
            operation
                    .getResponses()
                    .addApiResponse(
                            Integer.toString(status),
                            new ApiResponse().$ref("#/components/responses/" + WholeDocument.problem(status)));
        }
    }

    private static void addAnswerHeaders(Operation operation, boolean writes) {
        ApiResponses responses = operation.getResponses();
        responses.forEach((status, response) -> {
            if (response.get$ref() == null) {
                response.addHeaderObject(HeaderNames.REQUEST_ID, WholeDocument.header(HeaderNames.REQUEST_ID));
                if (writes && status.startsWith("2")) {
                    response.addHeaderObject(HeaderNames.POSITION, WholeDocument.header(HeaderNames.POSITION));
                }
            }
        });
    }

    private static boolean takes(HandlerMethod handler, Class<?> type) {
        return Arrays.stream(handler.getMethodParameters())
                .map(MethodParameter::getParameterType)
                .anyMatch(type::equals);
    }

    private static boolean has(HandlerMethod handler, Class<? extends Annotation> annotation) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(annotation));
    }
}
