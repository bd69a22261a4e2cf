package io.byok.command.vault;

import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What a provider asks for, field by field, in the order in which it was given: {@code apiKey}, or {@code accountSid} and
 * {@code authToken}. Owns its secrets and wipes them when closed. Names are no secrets, values are; as JSON it can be
 * read, but is written only where {@link CredentialExposure} is asked for by name.
 */
@JsonDeserialize(using = CredentialIntake.class)
@JsonSerialize(using = CredentialExposure.Refused.class)
public final class Credential implements AutoCloseable {

    private final LinkedHashMap<String, SecretBytes> fields;

    /** @param fields at least one; the secrets are owned from now on */
    public Credential(Map<String, SecretBytes> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a credential has at least one field");
        }
        this.fields = new LinkedHashMap<>(fields);
    }

    /** The names, in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** One field's secret, still owned by this credential. */
    public Optional<SecretBytes> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Each field in order. */
    public void forEach(BiConsumer<String, SecretBytes> visitor) {
        fields.forEach(visitor);
    }

    /** In constant time per field: whether names, their order and values are equal. */
    boolean holdsTheSameAs(Credential other) {
        return List.copyOf(fields.keySet()).equals(List.copyOf(other.fields.keySet()))
                && fields.entrySet().stream()
                        .allMatch(ours -> ours.getValue()
                                .exposeForIntake(a -> Objects.requireNonNull(other.fields.get(ours.getKey()))
                                        .exposeForIntake(b -> MessageDigest.isEqual(a, b))));
    }

    /** A copy with a life of its own, or null when this one is closed. */
    @Nullable
    Credential copyIfOpen() {
        Map<String, SecretBytes> copies = new LinkedHashMap<>();
        for (Map.Entry<String, SecretBytes> field : fields.entrySet()) {
            SecretBytes copy = field.getValue().copyIfOpen();
            if (copy == null) {
                copies.values().forEach(SecretBytes::close);
                return null;
            }
            copies.put(field.getKey(), copy);
        }
        return new Credential(copies);
    }

    @Override
    public void close() {
        fields.values().forEach(SecretBytes::close);
    }

    @Override
    public String toString() {
        return "Credential" + fields.keySet();
    }
}
