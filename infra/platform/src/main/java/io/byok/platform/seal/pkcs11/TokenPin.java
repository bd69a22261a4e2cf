package io.byok.platform.seal.pkcs11;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RootSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/** The token's PIN, read anew from its file at every log-in; or, for trying, of a setting. */
final class TokenPin {

    private final Supplier<char[]> pin;

    private TokenPin(Supplier<char[]> pin) {
        this.pin = pin;
    }

    static TokenPin of(RootSettings settings) {
        if (settings.find("pin-file").isPresent()) {
            Path file = Path.of(settings.need("pin-file"));
            TokenPin read = new TokenPin(() -> read(file));
            Arrays.fill(read.exposeForLogin(), ' ');
            return read;
        }
        String fixed = settings.find("pin")
                .orElseThrow(() -> new KeyRefused("byok.kek.pkcs11.pin-file (BYOK_KEK_PKCS11_PIN_FILE) is not set"));
        return new TokenPin(fixed::toCharArray);
    }

    /** Owned by the caller, who wipes it. */
    char[] exposeForLogin() {
        return pin.get();
    }

    private static char[] read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            Arrays.fill(bytes, (byte) 0);
            int end = text.length();
            while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            char[] pin = new char[end];
            text.get(pin);
            Arrays.fill(text.array(), ' ');
            return pin;
        } catch (IOException unreadable) {
            throw new KeyRefused("byok.kek.pkcs11.pin-file names " + file + ", which cannot be read");
        }
    }
}
