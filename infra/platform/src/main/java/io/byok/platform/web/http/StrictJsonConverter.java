package io.byok.platform.web.http;

import io.byok.platform.web.json.JsonTrouble;
import io.byok.platform.web.json.StrictJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;

/**
 * JSON in and out of controllers, by {@link StrictJson}. A document that cannot be read leaves here as an answer without
 * its content: the framework logs the exceptions it resolves, and Jackson's quote what they read.
 */
final class StrictJsonConverter extends JacksonJsonHttpMessageConverter {

    /** What the endpoints of the management port answer with, by a mapper of their own. */
    private static final MediaType OPERATOR = MediaType.valueOf("application/vnd.spring-boot.actuator.v3+json");

    StrictJsonConverter() {
        super(StrictJson.mapper());
        setSupportedMediaTypes(List.of(MediaType.APPLICATION_JSON, OPERATOR));
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        try {
            return super.read(type, message, hints);
        } catch (HttpMessageNotReadableException e) {
            throw e.getCause() instanceof JacksonException cause ? JsonTrouble.asBadRequest(cause) : e;
        }
    }
}
