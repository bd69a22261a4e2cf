package io.byok.command.validation;

import io.byok.command.provider.CredentialShape;
import io.byok.command.vault.Credential;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Function;

/** Lends a credential to a call whose use is on record. */
record UsedCredential(Credential credential) implements CredentialShape {

    @Override
    public Set<String> names() {
        return credential.names();
    }

    @Override
    public <R> R lend(String name, Function<ByteBuffer, R> reader) {
        return credential
                .field(name)
                .orElseThrow()
                .exposeForUse(bytes -> reader.apply(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
    }

    @Override
    public String toString() {
        return "UsedCredential";
    }
}
