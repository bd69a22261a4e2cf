package io.byok.command.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A credential of made-up values for tests. */
record PlainCredential(Map<String, String> values) implements CredentialShape {

    static PlainCredential of(String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new PlainCredential(values);
    }

    @Override
    public Set<String> names() {
        return values.keySet();
    }

    @Override
    public <R> R lend(String name, Function<ByteBuffer, R> reader) {
        byte[] bytes = String.valueOf(values.get(name)).getBytes(StandardCharsets.UTF_8);
        return reader.apply(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }
}
