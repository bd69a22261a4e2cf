package io.byok.platform.web.http;

import io.byok.platform.web.JsonBody;
import java.io.ByteArrayOutputStream;
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
        return JsonBody.isUtf8(bytes.toByteArray());
    }

    private static int hex(char c) {
        return Character.digit(c, 16) | (c < 128 ? 0 : -1);
    }
}
