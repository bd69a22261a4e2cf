package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.vault.Credential;
import io.byok.command.vault.SecretBytes;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.KeyId;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events are kept for ever and read by many: what they can hold is listed, everything else is refused (P1). */
class EventContentTest {

    /** No byte[] and no Object: neither a secret nor a ciphertext fits in these by accident. */
    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Instant.class,
            BigDecimal.class,
            UUID.class,
            List.class,
            Map.class,
            int.class,
            long.class,
            boolean.class,
            Integer.class,
            Long.class,
            Boolean.class);

    @Test
    void an_event_is_made_of_records_of_the_kernel_and_plain_values() {
        assertThat(events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(foreign(event))
                        .as("what %s reaches", event.getSimpleName())
                        .isEmpty());
    }

    @Test
    void the_walk_finds_a_secret_wherever_it_hides() {
        record Inner(Map<String, List<SecretBytes>> deep) {}
        record Outer(KeyId key, List<Inner> inner, byte[] sealed, Credential credential) {}
        assertThat(foreign(Outer.class)).contains(SecretBytes.class, Credential.class, byte[].class);
    }

    @Test
    void every_kind_of_event_is_looked_at() {
        assertThat(events().map(Class::getSimpleName))
                .contains(
                        "KeyAdded",
                        "UsesRecorded",
                        "UsageReported",
                        "TenantCreated",
                        "ApiTokenCreated",
                        "SubjectRegistered");
    }

    private static Stream<Class<?>> events() {
        return House.CLASSES.stream()
                .filter(type -> type.isAssignableTo(DomainEvent.class) && !type.isInterface())
                .map(type -> type.reflect());
    }

    /** What can be reached from a record besides kernel records and plain values. */
    private static Set<Type> foreign(Class<?> root) {
        Set<Type> seen = new LinkedHashSet<>();
        Set<Type> foreign = new LinkedHashSet<>();
        walk(root, seen, foreign);
        foreign.remove(root);
        return foreign;
    }

    private static void walk(Type type, Set<Type> seen, Set<Type> foreign) {
        if (!seen.add(type)) {
            return;
        }
        switch (type) {
            case ParameterizedType generic -> {
                walk(generic.getRawType(), seen, foreign);
                Stream.of(generic.getActualTypeArguments()).forEach(part -> walk(part, seen, foreign));
            }
            case GenericArrayType array -> foreign.add(array);
            case Class<?> plain when PLAIN.contains(plain) -> {}
            case Class<?> part -> {
                if (!part.isRecord() || !part.getPackageName().startsWith(Room.KERNEL.root())) {
                    foreign.add(part);
                }
                if (part.isRecord()) {
                    for (RecordComponent component : part.getRecordComponents()) {
                        walk(component.getGenericType(), seen, foreign);
                    }
                }
            }
            default -> foreign.add(type);
        }
    }
}
