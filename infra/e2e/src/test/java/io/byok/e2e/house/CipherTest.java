package io.byok.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where ciphers are, and who may hold what they protect. */
class CipherTest {

    /** Digests of what is no secret; each with its reason. (Comparing in constant time is free to all.) */
    private static final Set<String> DIGESTS = Set.of(
            "io.byok.command.http.Once", // which body an Idempotency-Key came with
            "io.byok.command.provider.ProviderController", // the catalogue's ETag
            "io.byok.kernel.merkle.MerkleHash", // of the audit log, which is public
            "io.byok.platform.tls.KeyPairFiles", // whether the server's certificate was replaced
            "io.byok.query.replay.Digests", // of read models, to compare them
            "io.byok.engines.PostgresBinaries"); // the name of the unpacked directory

    /** Who makes something unguessable: each kind of random thing has one place. */
    private static final Set<String> RANDOM = Set.of(
            "io.byok.command.access.NewToken", // API tokens
            "io.byok.platform.web.RequestId", // names of requests
            "io.byok.engines.Secrets"); // the embedded database's password

    /** Who signs outside of the sealing rooms, with a key that is a credential's own field. */
    private static final Set<String> SIGNATURES =
            Set.of("io.byok.command.provider.probe.SignedToken"); // as providers ask

    /** Who reads the server's own certificate and its key, which seal nothing: TLS itself is the platform's. */
    private static final Set<String> CERTIFICATES =
            Set.of("io.byok.platform.tls.KeyPairFiles", "io.byok.platform.tls.ServingCertificate");

    @Test
    void ciphers_are_in_the_sealing_rooms_only() {
        check(noClasses()
                .that(outsideBut(SIGNATURES))
                .and(outsideBut(CERTIFICATES))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "javax.crypto..", "org.bouncycastle..", "java.security..", "com.google.crypto..")
                        .and(not(describe("failures", type -> type.getName().endsWith("Exception"))))
                        .and(not(DIGEST_OR_RANDOM)))
                .because("a reviewer of the cryptography must be able to stop at two packages"));
    }

    @Test
    void digests_and_random_bytes_outside_of_them_are_exceptions_by_name() {
        check(noClasses()
                .that(outsideBut(DIGESTS))
                .should()
                .callMethod(MessageDigest.class, "getInstance", String.class)
                .because("a digest is the beginning of home-made cryptography: put the class on the list with its"
                        + " reason"));
        check(noClasses()
                .that(outsideBut(RANDOM))
                .should()
                .dependOnClassesThat(assignableTo(SecureRandom.class))
                .because("what is unguessable is made in few places: put the class on the list with its reason"));
    }

    @Test
    void only_intake_use_and_vault_hold_a_credential_in_the_clear() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(Room.VAULT.all(), Room.KEY.all(), Room.USE.all(), Room.VALIDATION.all())
                .should()
                .dependOnClassesThat(describe(
                        "in the clear",
                        type -> type.getName().equals(Secrets.CREDENTIAL)
                                || type.getName().equals(Secrets.SECRET_BYTES)))
                .because("who cannot name the type cannot leak it"));
        check(noClasses()
                .that()
                .resideOutsideOfPackages(Room.VAULT.all(), Room.SEAL.all())
                .should()
                .dependOnClassesThat(describe("a key", type -> type.getName().equals(Secrets.SEALING_KEY)))
                .because("who cannot name the type cannot leak it"));
    }

    @Test
    void no_secret_reaches_kafka_or_an_exception() {
        check(noClasses()
                .that()
                .resideInAnyPackage(Room.KAFKA.all(), Room.RELAY.all(), Room.KERNEL.all(), Room.QUERY.all())
                .or()
                .areAssignableTo(Throwable.class)
                .should()
                .dependOnClassesThat(Secrets.ANY)
                .because("records and errors are copied to places that nobody wipes (P1)"));
    }

    @Test
    void what_holds_a_secret_can_be_wiped_and_is_never_compared_or_printed() {
        check(classes()
                .that(Secrets.ANY)
                .should()
                .beAssignableTo(AutoCloseable.class)
                .andShould()
                .notBeAssignableTo(java.io.Serializable.class)
                .andShould()
                .notBeRecords() // a record prints and compares its components
                .because("a secret has an owner, who wipes it"));
    }

    private static final DescribedPredicate<JavaClass> DIGEST_OR_RANDOM = describe(
            "digests and random bytes",
            type -> type.isAssignableTo(MessageDigest.class) || type.isAssignableTo(SecureRandom.class));

    private static DescribedPredicate<JavaClass> outsideBut(Set<String> exceptions) {
        return describe(
                "outside of the sealing rooms",
                type -> !Room.SEAL.holds(type)
                        && !Room.VAULT.holds(type)
                        && !exceptions.contains(type.getName().replaceFirst("\\$.*", "")));
    }

    @Test
    void every_exception_by_name_is_still_needed() {
        assertThat(SIGNATURES).allSatisfy(name -> uses(name, java.security.Signature.class));
        assertThat(CERTIFICATES).allSatisfy(name -> uses(name, java.security.KeyStore.class));
        assertThat(DIGESTS).allSatisfy(name -> uses(name, MessageDigest.class));
        assertThat(RANDOM).allSatisfy(name -> uses(name, SecureRandom.class));
    }

    private static void uses(String name, Class<?> type) {
        classes()
                .that()
                .haveFullyQualifiedName(name)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(type)
                .because("an exception that nobody needs is an open door")
                .check(House.CLASSES);
    }

    private static void check(ArchRule rule) {
        rule.check(House.CLASSES);
    }
}
