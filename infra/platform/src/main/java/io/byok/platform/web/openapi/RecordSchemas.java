package io.byok.platform.web.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JavaType;
import io.byok.platform.web.json.StrictJson;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes records and enums as {@code StrictJson} reads them: {@code @Nullable} is optional, words are kebab-case. */
final class RecordSchemas implements ModelConverter {

    private static final String COMPONENTS = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        if (!others.hasNext()) {
            return null;
        }
        Schema<?> schema = others.next().resolve(type, context, others);
        JavaType java = Json31.mapper().constructType(type.getType());
        if (schema != null && java != null) {
            describe(schema, java.getRawClass(), context);
        }
        return schema;
    }

    private static void describe(Schema<?> schema, Class<?> type, ModelConverterContext context) {
        if (type.isEnum()) {
            words(schema, type);
        } else if (type.isAnnotationPresent(JsonSubTypes.class)) {
            Schema<?> one = whole(schema, context);
            if (one != null && one.getDiscriminator() != null) {
                for (JsonSubTypes.Type each :
                        type.getAnnotation(JsonSubTypes.class).value()) {
                    one.getDiscriminator()
                            .mapping(each.name(), COMPONENTS + each.value().getSimpleName());
                }
            }
        } else if (type.isRecord()) {
            Schema<?> whole = whole(schema, context);
            if (whole != null && whole.getProperties() != null) {
                components(whole, type);
            }
        }
    }

    private static @Nullable Schema<?> whole(Schema<?> schema, ModelConverterContext context) {
        return schema.get$ref() == null
                ? schema
                : context.getDefinedModels().get(schema.get$ref().substring(COMPONENTS.length()));
    }

    @SuppressWarnings("unchecked")
    private static void words(Schema<?> schema, Class<?> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(value -> StrictJson.mapper().valueToTree(value).asString())
                .toList();
        ((Schema<String>) schema).setEnum(words);
    }

    @SuppressWarnings("rawtypes")
    private static void components(Schema<?> record, Class<?> type) {
        JsonInclude left = type.getAnnotation(JsonInclude.class);
        boolean emptyLeftOut = left != null && left.value() == JsonInclude.Include.NON_EMPTY;
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> property = record.getProperties().get(component.getName());
            if (property == null) {
                continue;
            }
            boolean many = Collection.class.isAssignableFrom(component.getType())
                    || Map.class.isAssignableFrom(component.getType());
            if (emptyLeftOut && many) {
                continue;
            }
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                addRequired(record, component.getName());
            } else if (property.get$ref() == null && property.getEnum() == null && property.getTypes() != null) {
                Set<String> types = new LinkedHashSet<>(property.getTypes());
                types.add("null");
                property.setTypes(types);
            } else if (property.getAnyOf() == null) {
                Schema<?> none = new Schema<>().types(Set.of("null"));
                record.getProperties().put(component.getName(), new Schema().anyOf(List.of(property, none)));
            }
        }
    }

    private static void addRequired(Schema<?> record, String name) {
        if (record.getRequired() == null || !record.getRequired().contains(name)) {
            record.addRequiredItem(name);
        }
    }
}
