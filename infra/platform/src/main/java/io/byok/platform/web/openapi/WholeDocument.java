package io.byok.platform.web.openapi;

import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.problem.Problem;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** The parts of the description that operations refer to, each written once. */
final class WholeDocument implements GlobalOpenApiCustomizer {

    static final String TOKEN = "token";
    static final String REQUEST_ID = HeaderNames.REQUEST_ID;
    static final String IF_MATCH = "If-Match";

    private static final Map<Integer, String> PROBLEMS = new TreeMap<>(Map.ofEntries(
            Map.entry(400, "The request cannot be read"),
            Map.entry(401, "No token, or one that opens nothing"),
            Map.entry(403, "The token lacks the scope"),
            Map.entry(404, "Not there, or not the caller's to see"),
            Map.entry(406, "Not available in that form"),
            Map.entry(408, "The body did not arrive in time"),
            Map.entry(409, "The state forbids it"),
            Map.entry(410, "It was there, and is destroyed for good"),
            Map.entry(412, "The version is another one"),
            Map.entry(413, "The body is too large"),
            Map.entry(415, "The body is not application/json"),
            Map.entry(422, "Read, and makes no sense"),
            Map.entry(429, "Too many requests"),
            Map.entry(500, "Something broke on our side"),
            Map.entry(503, "Cannot be served now")));

    private final AnswerSchemas answers;

    WholeDocument(AnswerSchemas answers) {
        this.answers = answers;
    }

    @Override
    public void customise(OpenAPI document) {
        document.info(new Info()
                .title("BYOK")
                .description("The open ledger for your users' provider keys")
                .version("v1")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
        document.servers(List.of(new Server().url("/")));
        Components components = document.getComponents() == null ? new Components() : document.getComponents();
        document.components(components);
        components.addSecuritySchemes(
                TOKEN,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("An API token, `byok_<env>_<random><checksum>`"));
        addParameters(components);
        answers.addTo(components);
        Alternatives.spellOut(components);
        components.addSchemas("Problem", problem());
        PROBLEMS.forEach((status, text) -> components.addResponses(problem(status), response(status, text)));
    }

    static String problem(int status) {
        return "Problem" + status;
    }

    static Header header(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }

    private static void addParameters(Components components) {
        for (Parameter parameter : List.of(
                parameter(REQUEST_ID, "^[A-Za-z0-9._-]{1,64}$", "Found again in logs, events and problems"),
                parameter(HeaderNames.MIN_POSITION, "^.{1,255}$", "Wait until the read side has come this far"),
                parameter(IF_MATCH, "^(\\*|\"(0|[1-9][0-9]*)\")$", "The ETag that the command is meant for"),
                parameter(
                        HeaderNames.IDEMPOTENCY_KEY, "^[ -~]{1,255}$", "Repeating the request has no second effect"))) {
            components.addParameters(parameter.getName(), parameter);
        }
        components.addHeaders(REQUEST_ID, text("The id of this request"));
        components.addHeaders(HeaderNames.POSITION, text("Send it as Byok-Min-Position to read your write"));
        components.addHeaders("ETag", text("The version; send it as If-Match"));
        components.addHeaders("Location", text("Where the new thing is"));
        components.addHeaders(HeaderNames.IDEMPOTENT_REPLAYED, text("true when this is the first answer again"));
        components.addHeaders(
                HeaderNames.RATE_LIMIT, text("What is left of the nearest limit: `\"name\";r=left;t=seconds`"));
        components.addHeaders(HeaderNames.RATE_LIMIT_POLICY, text("That limit: `\"name\";q=requests;w=seconds`"));
        components.addHeaders("Retry-After", text("Seconds to wait"));
        components.addHeaders("WWW-Authenticate", text("RFC 6750 challenge"));
    }

    private static Parameter parameter(String name, String pattern, String description) {
        return new HeaderParameter()
                .name(name)
                .required(false)
                .description(description)
                .schema(new StringSchema().pattern(pattern));
    }

    private static Header text(String description) {
        return new Header().description(description).schema(new StringSchema());
    }

    private static ApiResponse response(int status, String description) {
        ApiResponse response = new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
        response.addHeaderObject(REQUEST_ID, header(REQUEST_ID));
        if (status == 401 || status == 403) {
            response.addHeaderObject("WWW-Authenticate", header("WWW-Authenticate"));
        }
        if (status == 429) {
            response.addHeaderObject(HeaderNames.RATE_LIMIT, header(HeaderNames.RATE_LIMIT));
            response.addHeaderObject(HeaderNames.RATE_LIMIT_POLICY, header(HeaderNames.RATE_LIMIT_POLICY));
        }
        if (status == 429 || status == 503) {
            response.addHeaderObject("Retry-After", header("Retry-After"));
        }
        return response;
    }

    private static Schema<?> problem() {
        Schema<?> field = new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("RFC 6901 JSON pointer into the body"))
                .addProperty("message", new StringSchema())
                .required(List.of("pointer", "message"));
        return new ObjectSchema()
                .description("RFC 9457; the codes are listed in docs/errors.md")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("code", new StringSchema().pattern("^[a-z]+(-[a-z]+)*$"))
                .addProperty("requestId", new StringSchema())
                .addProperty("errors", new ArraySchema().items(field))
                .required(List.of("type", "title", "status", "detail", "code", "requestId", "errors"));
    }
}
