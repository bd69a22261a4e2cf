package io.byok.command.vault;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonParser;

/**
 * A secret out of a JSON string, without a String ever holding it: characters go from the parser's buffer into bytes that
 * can be wiped, and the buffer is overwritten.
 */
final class SecretText {

    private SecretText() {}

    /** Why a string cannot be a secret, in words that go behind its name; never the string. */
    static final class Unfit extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String why;

        Unfit(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    /** Reads the string at which the parser stands, 1 to {@code most} characters. */
    static SecretBytes read(JsonParser json, int most) throws Unfit {
        char[] characters = json.getStringCharacters();
        int start = json.getStringOffset();
        int length = json.getStringLength();
        try {
            if (length == 0) {
                throw new Unfit("is empty");
            }
            if (length > most) {
                throw new Unfit("has more than " + most + " characters");
            }
            return SecretBytes.owning(utf8(characters, start, length));
        } catch (CharacterCodingException malformed) {
            throw new Unfit("is not valid Unicode");
        } finally {
            Arrays.fill(characters, start, start + length, '\0');
        }
    }

    // Into room for the worst case: a buffer that grows would leave its first half unwiped.
    private static byte[] utf8(char[] characters, int start, int length) throws CharacterCodingException {
        ByteBuffer encoded = ByteBuffer.allocate(length * 3);
        try {
            CoderResult result = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(characters, start, length), encoded, true);
            if (result.isError()) {
                result.throwException();
            }
            return Arrays.copyOf(encoded.array(), encoded.position());
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
