package io.byok.platform.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every listener asks of a body before it is read as JSON. */
public final class JsonBody {

    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

    private JsonBody() {}

    /**
     * Checks the labels and the encoding.
     *
     * @throws BadRequest for a body that is not labelled as JSON, is encoded, or is not UTF-8
     */
    public static void check(@Nullable String contentType, @Nullable String contentEncoding, byte[] body) {
        boolean plain = contentEncoding == null || contentEncoding.equalsIgnoreCase("identity");
        if (contentType == null || !JSON.matcher(contentType).matches() || !plain) {
            throw new BadRequest(ProblemCode.MEDIA_TYPE_UNSUPPORTED, ProblemCode.MEDIA_TYPE_UNSUPPORTED.title());
        }
        if (!isUtf8(body)) {
            throw new BadRequest(ProblemCode.ENCODING_INVALID, "the body is not valid UTF-8");
        }
    }

    /** Whether the bytes are UTF-8 and nothing else (no overlong forms, no surrogates). */
    public static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
