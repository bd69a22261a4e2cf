package io.byok.command.access;

import io.byok.platform.access.TokenText;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The text of a token that was just made, for as long as it takes to show it once. */
public final class NewToken {

    private static final String ENVIRONMENT = "live";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] text;

    private NewToken(byte[] text) {
        this.text = text;
    }

    /** 256 random bits. */
    public static NewToken make() {
        byte[] random = new byte[TokenText.RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return new NewToken(TokenText.make(ENVIRONMENT, random));
    }

    /** What people see of it. */
    public String mask() {
        return TokenText.mask(text);
    }

    /** Lent, to be hashed. */
    byte[] bytes() {
        return text;
    }

    /** The token itself, for the one answer or file that shows it. */
    public String exposeOnce() {
        return new String(text, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "NewToken";
    }
}
