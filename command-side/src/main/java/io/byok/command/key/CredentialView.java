package io.byok.command.key;

import io.byok.command.provider.CredentialShape;
import io.byok.command.vault.Credential;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lends a credential to the catalogue, to be checked and hinted at. */
record CredentialView(Credential credential) implements CredentialShape {

    @Override
    public Set<String> names() {
        return credential.names();
    }

    @Override
    @SuppressWarnings("NullAway") // a reader may answer null, and SecretBytes hands on whatever it answers
    public <R extends @Nullable Object> R lend(String name, Function<ByteBuffer, R> reader) {
        return credential
                .field(name)
                .orElseThrow()
                .exposeForIntake(bytes -> reader.apply(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
    }

    @Override
    public String toString() {
        return "CredentialView";
    }
}
