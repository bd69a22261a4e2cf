package io.byok.platform.web.json;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Jackson's failures as answers. Their messages quote the document, so none is ever passed on: every sentence here is
 * our own, made from the place and the declared type.
 */
public final class JsonTrouble {

    /** What can only be a field's name. Anything else in a name's place may be a credential that slipped. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z_-]{0,39}");

    private JsonTrouble() {}

    /**
     * The answer to a document that could not be read.
     *
     * @throws JacksonException the failure itself when it is our fault and not the document's
     */
    public static BadRequest asBadRequest(JacksonException failure) {
        if (failure.getCause() instanceof BadRequest own) {
            return own; // a value refused itself while it was made
        }
        return switch (failure) {
            case InputCoercionException e -> field(ProblemCode.FIELD_INVALID, e, "is out of range");
            case StreamConstraintsException e -> new BadRequest(ProblemCode.JSON_TOO_COMPLEX, place(e));
            case StreamReadException e -> new BadRequest(ProblemCode.JSON_MALFORMED, place(e));
            case UnrecognizedPropertyException e -> unknown(e);
            case InvalidNullException e -> field(ProblemCode.FIELD_INVALID, e, "must not be null");
            case InvalidDefinitionException e -> throw e;
            case MismatchedInputException e -> mismatch(e);
            case JacksonException e
            when !e.getPath().isEmpty() -> field(ProblemCode.FIELD_INVALID, e, "is not a valid value");
            default -> throw failure;
        };
    }

    private static BadRequest mismatch(MismatchedInputException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Missing required creator property")) {
            return field(ProblemCode.FIELD_MISSING, e, "is missing");
        }
        if (message.startsWith("No content to map")) {
            return new BadRequest(ProblemCode.BODY_MISSING, ProblemCode.BODY_MISSING.title());
        }
        if (message.startsWith("Trailing token")) {
            return new BadRequest(ProblemCode.JSON_MALFORMED, "there is more after the document");
        }
        boolean text = e instanceof InvalidFormatException && e.getTargetType() == String.class;
        String must = text ? "must not hold U+0000 or half a surrogate pair" : Expectation.of(e.getTargetType());
        return field(ProblemCode.FIELD_INVALID, e, must);
    }

    private static BadRequest unknown(UnrecognizedPropertyException e) {
        List<JacksonException.Reference> path = e.getPath();
        boolean showable = !path.isEmpty() && isShowable(path.getLast().getPropertyName());
        return showable
                ? field(ProblemCode.FIELD_UNKNOWN, e, "is not known here")
                : new BadRequest(
                        ProblemCode.FIELD_UNKNOWN.code(),
                        pointer(path.isEmpty() ? path : path.subList(0, path.size() - 1)),
                        "has a field that is not known here");
    }

    private static BadRequest field(ProblemCode code, JacksonException e, String message) {
        return new BadRequest(code.code(), pointer(e.getPath()), message);
    }

    /** RFC 6901, cut before the first name that should not be shown. */
    private static String pointer(List<JacksonException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference step : path) {
            String name = step.getPropertyName();
            if (name == null) {
                pointer.append('/').append(step.getIndex());
            } else if (isShowable(name)) {
                pointer.append('/').append(name);
            } else {
                break;
            }
        }
        return pointer.toString();
    }

    private static boolean isShowable(@Nullable String name) {
        return name != null && PLAIN_NAME.matcher(name).matches();
    }

    private static String place(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null ? "not JSON" : "not JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }
}
