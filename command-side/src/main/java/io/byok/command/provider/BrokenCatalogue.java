package io.byok.command.provider;

import java.io.Serial;

/** A file of the catalogue cannot be used. The message is one line with file and place; the start ends with it. */
public final class BrokenCatalogue extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BrokenCatalogue(String file, String place, String reason) {
        super(
                "provider catalogue: " + file + (place.isEmpty() ? "" : ", " + place) + ": " + reason,
                null,
                false,
                false);
    }

    /** The whole line. */
    String line() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
