package io.byok.command.provider;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Turns a file into records. Unknown properties, wrong types and broken rules end in one line with file and place. */
final class CatalogueReader {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private CatalogueReader() {}

    static Provider provider(String file, String text) {
        return read(file, text, Provider.class);
    }

    /** The rules that end every table. */
    static List<AnswerRule> commonAnswers(String file, String text) {
        return read(file, text, CommonAnswers.class).answers();
    }

    private record CommonAnswers(List<AnswerRule> answers) {}

    private static <T> T read(String file, String text, Class<T> type) {
        YamlTree tree = YamlTree.parse(file, text);
        Object values = tree.values();
        try {
            return STRICT.convertValue(values, type);
        } catch (JacksonException e) {
            throw new BrokenCatalogue(file, tree.place(path(e)), reason(e));
        }
    }

    private static List<Object> path(JacksonException e) {
        List<Object> path = new ArrayList<>();
        for (JacksonException.Reference step : e.getPath()) {
            path.add(step.getPropertyName() == null ? (Object) step.getIndex() : step.getPropertyName());
        }
        return path;
    }

    private static String reason(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds() == null
                    ? List.of()
                    : unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .toList();
            return "\"%s\" is not known here; known are %s"
                    .formatted(unknown.getPropertyName(), String.join(", ", known));
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && !(cause instanceof JacksonException)) {
                return String.valueOf(cause.getMessage());
            }
        }
        return e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    }
}
