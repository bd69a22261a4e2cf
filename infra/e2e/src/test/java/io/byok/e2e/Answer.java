package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back over HTTP. */
record Answer(String request, int status, HttpHeaders headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Fails with the whole answer unless it has this status. */
    Answer expect(int wanted) {
        assertThat(status).as("%s answered %s", request, text()).isEqualTo(wanted);
        return this;
    }

    /** Fails unless it is this problem: status, code, and the shape that every problem has. */
    Answer expect(int wanted, String code) {
        expect(wanted);
        assertThat(header("Content-Type")).as(request).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("code").asString()).as(text()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).as(text()).isEqualTo(wanted);
        assertThat(problem.path("type").asString()).as(text()).endsWith(code);
        assertThat(problem.path("title").asString()).as(text()).isNotBlank();
        assertThat(problem.path("requestId").asString()).as(text()).isEqualTo(header("X-Request-Id"));
        return this;
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    /** A field of the body, which must be there. */
    JsonNode at(String pointer) {
        JsonNode found = json().at(pointer);
        assertThat(found.isMissingNode()).as("%s in %s", pointer, text()).isFalse();
        return found;
    }

    /** A text field of the body. */
    String string(String pointer) {
        return at(pointer).asString();
    }

    /** The text fields of this name in the objects of a list. */
    List<String> each(String list, String name) {
        List<String> values = new ArrayList<>();
        at(list).forEach(item -> values.add(item.path(name).asString()));
        return values;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Nullable
    String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    String etag() {
        return headers.firstValue("ETag").orElseThrow(() -> new AssertionError("no ETag: " + request));
    }

    long position() {
        return headers.firstValueAsLong("Byok-Position")
                .orElseThrow(() -> new AssertionError("no Byok-Position: " + request + " " + text()));
    }
}
