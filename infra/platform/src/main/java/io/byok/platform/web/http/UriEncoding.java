package io.byok.platform.web.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks percent-encoding before anything decodes it leniently: a wrong byte would become U+FFFD, and two different user
 * ids one.
 */
final class UriEncoding {

    private UriEncoding() {}

    /** Whether every escape is one, all of it is UTF-8 and none of it is U+0000. */
    static boolean isStrict(@Nullable String raw) {
        if (raw == null || raw.indexOf('%') < 0) {
            return true;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int value = i + 2 < raw.length() ? hex(raw.charAt(i + 1)) << 4 | hex(raw.charAt(i + 2)) : -1;
            if (value <= 0) {
                return false;
            }
            bytes.write(value);
            i += 2;
        }
        return isUtf8(bytes.toByteArray());
    }

    /** Whether the bytes are UTF-8 and nothing else (no overlong forms, no surrogates). */
    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int hex(char c) {
        return Character.digit(c, 16) | (c < 128 ? 0 : -1);
    }
}
