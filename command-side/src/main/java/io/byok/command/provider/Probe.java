package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that tells whether a key works and never costs money.
 *
 * @param method a call with {@code POST} has an empty body
 * @param headers beside those of the form
 * @param auth where the probe must be signed differently from other calls
 * @param because why this call, for people
 * @param answers read before those of the provider
 * @param tells what a good answer also says (account, limit, ...): a JSON pointer, or {@code header:} and a name
 */
public record Probe(
        Method method,
        UrlTemplate url,
        Map<String, String> headers,
        @Nullable AuthScheme auth,
        @Nullable String because,
        List<AnswerRule> answers,
        Map<String, String> tells) {

    /** The methods that a probe may use. */
    public enum Method {
        @JsonProperty("GET")
        GET,
        @JsonProperty("POST")
        POST
    }

    public Probe {
        method = method == null ? Method.GET : method;
        url = Given.present("url", url);
        headers = Given.map(headers);
        headers.forEach((name, value) -> {
            Given.require(name.matches("[A-Za-z0-9-]+"), "\"%s\" is not a header's name", name);
            Given.require(value.matches("[ -~]+"), "header %s has what no header may have", name);
        });
        answers = Given.list(answers);
        tells = Given.map(tells);
        tells.values()
                .forEach(place -> Given.require(
                        place.startsWith("/") || place.startsWith("header:"), "tells: \"%s\" is no place", place));
    }
}
