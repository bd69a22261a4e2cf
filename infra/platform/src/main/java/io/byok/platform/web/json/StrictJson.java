package io.byok.platform.web.json;

import io.byok.platform.web.BadRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The one way in which requests are read and answers written. Unknown, missing, repeated and null fields, other types
 * than the declared ones, trailing text, U+0000 and half surrogate pairs are refused; depth and lengths are bounded.
 * Component of a record without {@code @Nullable}: must be sent. Enums are kebab-case words, identifiers their text,
 * {@link java.time.Instant} RFC 3339 in UTC, {@link java.math.BigDecimal} a plain decimal string.
 */
public final class StrictJson {

    private static final int DEEPEST = 32;
    private static final int LONGEST_STRING = 65_536;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_TOKENS = 200_000;

    private static final JsonMapper MAPPER = build();

    private StrictJson() {}

    /** Shared and immutable. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads one document.
     *
     * @throws BadRequest saying where it is not what the type asks for, without repeating any of it
     */
    public static <T> T read(byte[] document, Class<T> type) {
        try {
            T value = MAPPER.readValue(document, type);
            if (value == null) {
                throw BadRequest.field("", "must not be null");
            }
            return value;
        } catch (JacksonException e) {
            throw JsonTrouble.asBadRequest(e);
        }
    }

    private static JsonMapper build() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_STRING)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxTokenCount(MOST_TOKENS)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        return JsonMapper.builder(factory)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfigDefaults(coercion -> {
                    for (CoercionInputShape shape : CoercionInputShape.values()) {
                        if (shape != CoercionInputShape.Array) {
                            coercion.setCoercion(shape, CoercionAction.Fail);
                        }
                    }
                })
                .withCoercionConfig(
                        LogicalType.Textual,
                        coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert)
                                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .annotationIntrospector(new RecordRules())
                .addModule(new KernelJson())
                .build();
    }
}
