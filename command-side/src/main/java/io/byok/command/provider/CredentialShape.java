package io.byok.command.provider;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Function;

/** A credential as this room sees it: names of fields, and the bytes of one field for as long as a callback runs. */
public interface CredentialShape {

    /** The fields that were given, empty ones included. */
    Set<String> names();

    /**
     * Lends the UTF-8 bytes of one field. The reader keeps neither the buffer nor, for a secret, a copy.
     *
     * @param name one of {@link #names()}
     * @param reader called once, with a buffer from position 0 to its limit
     */
    <R> R lend(String name, Function<ByteBuffer, R> reader);
}
