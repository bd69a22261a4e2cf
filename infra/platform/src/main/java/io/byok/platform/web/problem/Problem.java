package io.byok.platform.web.problem;

import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One answer that says no (RFC 9457), ready for any listener.
 *
 * @param detail what happened this time; the title when there is nothing to add
 * @param errors the fields at fault, often none
 * @param headers what the answer carries besides the document, such as {@code Retry-After}
 */
public record Problem(
        ProblemEntry entry, String detail, String requestId, List<FieldProblem> errors, Map<String, String> headers) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** What stands before the code in {@code type}. A name, not an address: it is the same on every installation. */
    public static final String TYPE_PREFIX = "urn:byok:error:";

    private static final JsonFactory JSON = new JsonFactory();

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    /** A problem that says no more than its code. */
    public static Problem of(ProblemCode code, String requestId) {
        return of(code, null, requestId);
    }

    /**
     * A problem with its own sentence.
     *
     * @param detail what happened this time, without anything the caller sent; absent when the title says it
     */
    public static Problem of(ProblemCode code, @Nullable String detail, String requestId) {
        return new Problem(
                ProblemEntry.of(code), detail == null ? code.title() : detail, requestId, List.of(), Map.of());
    }

    public Problem with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Problem(entry, detail, requestId, errors, more);
    }

    public int status() {
        return entry.status();
    }

    /** The document, UTF-8. */
    public byte[] json() {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", TYPE_PREFIX + entry.code());
            json.writeStringProperty("title", entry.title());
            json.writeNumberProperty("status", entry.status());
            json.writeStringProperty("detail", detail);
            json.writeStringProperty("code", entry.code());
            json.writeStringProperty("requestId", requestId);
            json.writeArrayPropertyStart("errors");
            for (FieldProblem error : errors) {
                json.writeStartObject();
                json.writeStringProperty("pointer", error.pointer());
                json.writeStringProperty("message", error.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
