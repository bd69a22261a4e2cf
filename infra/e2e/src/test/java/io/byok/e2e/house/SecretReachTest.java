package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.byok.command.vault.SecretBytes;
import io.byok.kernel.DomainEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** No secret hangs, over however many fields, on anything that is kept, sent, printed or counted (P1). */
class SecretReachTest {

    private static final Reach SECRETS = new Reach(Secrets.REACHABLE);

    /** Records that carry a secret from one method to the next; what they print is the secret's own mute name. */
    private static final Set<String> CARRIERS = Set.of(
            "io.byok.command.key.AddKeyBody", // a body on its way into the vault
            "io.byok.command.key.RotateKeyBody", // the same
            "io.byok.command.key.DetectBody", // a text whose provider is asked for
            "io.byok.command.key.CredentialView", // the one answer that a credential leaves with
            "io.byok.command.use.Resolved", // what resolve answers, after the use is on record
            "io.byok.command.validation.UsedCredential", // what a provider is asked with
            "io.byok.platform.seal.KeyringFormat$Entry", // a line of the keyring file
            "io.byok.platform.seal.Keyring$Found$Live", // a data key among those that were looked for
            "io.byok.platform.seal.MintedKey"); // a data key before its wrap is stored

    @Test
    void no_secret_is_reached_from_what_is_kept_sent_or_thrown() {
        assertThat(ways(House.CLASSES, SecretReachTest::isTold))
                .as("a secret may be reached over")
                .isEmpty();
        assertThat(House.CLASSES.stream().filter(SecretReachTest::isTold)).hasSizeGreaterThan(200);
    }

    @Test
    void no_secret_is_reached_from_a_record_that_is_not_on_the_list() {
        assertThat(ways(House.CLASSES, type -> type.isRecord() && !CARRIERS.contains(type.getName())))
                .as("a record prints its components; secrets reached over")
                .isEmpty();
    }

    @Test
    void a_carrier_that_carries_nothing_is_taken_off_the_list() {
        assertThat(ways(House.CLASSES, type -> CARRIERS.contains(type.getName()))
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(CARRIERS);
    }

    @Test
    void a_secret_prints_itself_mutely_and_gives_no_text() {
        for (String name : Secrets.REACHABLE) {
            JavaClass secret = House.CLASSES.get(name);
            List<String> texts = secret.getMethods().stream()
                    .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(SecretReachTest::givesText)
                    .map(JavaMethod::getName)
                    .toList();
            assertThat(texts)
                    .as("%s: what could become a tag of a metric or a part of a message", name)
                    .isSubsetOf("toString", "getAlgorithm", "getFormat"); // the latter two are what every Java key has
            assertThat(secret.isRecord())
                    .as("%s is a record, which prints itself", name)
                    .isFalse();
        }
    }

    @Test
    void the_rule_finds_what_is_planted() {
        JavaClasses planted = new ClassFileImporter()
                .importClasses(
                        Planted.class,
                        Hidden.class,
                        Nested.class,
                        Either.class,
                        Heir.class,
                        Failure.class,
                        SecretBytes.class,
                        Array.class);
        Map<String, String> ways = ways(planted, type -> true);
        assertThat(ways)
                .containsOnlyKeys(
                        names(Planted.class, Hidden.class, Nested.class, Heir.class, Failure.class, Array.class));
        assertThat(ways.get(Planted.class.getName())).contains("Planted.deep", "Nested.either", ": SecretBytes");
        assertThat(ways(planted, SecretReachTest::isTold)).containsOnlyKeys(names(Planted.class, Failure.class));
    }

    private record Planted(Instant at, Map<String, List<Nested>> deep) implements DomainEvent {}

    private record Nested(Optional<Either> either) {}

    private sealed interface Either {}

    private static class Hidden {
        private SecretBytes secret = SecretBytes.owning(new byte[0]);
    }

    private static final class Heir extends Hidden implements Either {}

    private record Array(SecretBytes[][] many) {}

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private transient Heir cause = new Heir();
    }

    private static String[] names(Class<?>... types) {
        return List.of(types).stream().map(Class::getName).toArray(String[]::new);
    }

    private static boolean givesText(JavaMethod method) {
        String type = method.getRawReturnType().getName();
        return Set.of(String.class.getName(), CharSequence.class.getName(), char[].class.getName())
                .contains(type);
    }

    /** Events, commands, states, refusals, exceptions, problems, and what the query side shows. */
    private static boolean isTold(JavaClass type) {
        return type.isAssignableTo(DomainEvent.class)
                || type.isAssignableTo(Throwable.class)
                || type.getPackageName().contains(".domain")
                || type.getSimpleName().startsWith("Problem")
                || Room.KERNEL.holds(type)
                || Room.QUERY.holds(type) && type.isRecord();
    }

    private static Map<String, String> ways(JavaClasses classes, Predicate<JavaClass> from) {
        Map<String, String> ways = new TreeMap<>();
        for (JavaClass type : new ArrayList<>(classes)) {
            if (from.test(type)) {
                SECRETS.from(type).ifPresent(way -> ways.put(type.getName(), way));
            }
        }
        return ways;
    }
}
