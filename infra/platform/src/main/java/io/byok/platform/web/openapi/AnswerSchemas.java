package io.byok.platform.web.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Schemas of answers that only an annotation names, kept until the document takes them. */
final class AnswerSchemas {

    private final Map<String, Schema<?>> found = new ConcurrentSkipListMap<>();

    /** A reference to the schema of this type, or the schema itself where it has no name. */
    Schema<?> of(Class<?> type) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        resolved.referencedSchemas.forEach((name, schema) -> found.put(name, schema));
        return resolved.schema;
    }

    void addTo(Components components) {
        found.forEach((name, schema) -> {
            if (components.getSchemas() == null || !components.getSchemas().containsKey(name)) {
                components.addSchemas(name, schema);
            }
        });
    }
}
