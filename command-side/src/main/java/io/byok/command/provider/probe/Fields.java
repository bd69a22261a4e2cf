package io.byok.command.provider.probe;

import io.byok.command.provider.CredentialShape;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A credential's fields as text. An HTTP client takes headers as Strings only, so this is where a secret becomes one: for
 * the length of a call, and no longer reachable after it.
 */
final class Fields {

    private final CredentialShape credential;

    Fields(CredentialShape credential) {
        this.credential = credential;
    }

    boolean has(String name) {
        return credential.names().contains(name);
    }

    /** For a field that the form requires. */
    String exposeForCall(String name) {
        Function<java.nio.ByteBuffer, String> text =
                bytes -> StandardCharsets.UTF_8.decode(bytes).toString();
        return credential.lend(name, text);
    }
}
