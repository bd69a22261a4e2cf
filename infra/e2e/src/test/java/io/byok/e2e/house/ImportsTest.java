package io.byok.e2e.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Who may know whom. */
class ImportsTest {

    private static final List<Room> FEATURES = Room.FEATURES;
    private static final List<Room> MECHANICS = Room.MECHANICS;

    @Test
    void the_kernel_imports_nothing_but_the_language() {
        check(classes()
                .that()
                .resideInAPackage(Room.KERNEL.all())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(Room.KERNEL.all(), "java..", "org.jspecify..")
                        .and(not(IO)))
                .because("both sides speak it, for ever; whatever it imported, both sides would import"));
    }

    @Test
    void a_domain_imports_the_kernel_and_plain_values_only() {
        check(noClasses()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                                "..domain..",
                                Room.KERNEL.all(),
                                "java.lang..",
                                "java.util",
                                "java.util.function",
                                "java.util.stream",
                                "java.time..",
                                "java.math..",
                                "org.jspecify.."))
                        .or(CHANCE))
                .because("a decision depends on a state and a command, and on nothing that can differ next time"));
        for (Room feature : Room.FEATURES) {
            check(noClasses()
                    .that()
                    .resideInAPackage(feature.root() + ".domain..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.byok..domain..")
                            .and(not(resideInAPackage(feature.root() + ".domain.."))))
                    .allowEmptyShould(true) // not every feature decides
                    .because("a decider that knows another feature's states decides for two"));
        }
    }

    @ParameterizedTest
    @FieldSource("FEATURES")
    void a_feature_imports_no_other_feature(Room feature) {
        List<Room> others =
                Room.FEATURES.stream().filter(other -> other != feature).toList();
        check(noClasses()
                .that()
                .resideInAPackage(feature.all())
                .should()
                .dependOnClassesThat(Room.anyOf(others))
                .because("a feature can then be read, changed and removed by itself; io.byok.command wires them"));
    }

    @ParameterizedTest
    @FieldSource("MECHANICS")
    void a_mechanic_knows_no_feature(Room mechanic) {
        check(noClasses()
                .that()
                .resideInAPackage(mechanic.all())
                .should()
                .dependOnClassesThat(Room.anyOf(Stream.concat(Room.FEATURES.stream(), Stream.of(Room.PROVIDER))
                                .toList())
                        .or(resideInAPackage(Room.COMMAND.root())))
                .because("mechanics serve every feature alike, and the next one too"));
    }

    @Test
    void reference_data_knows_neither_features_nor_mechanics() {
        check(classes()
                .that()
                .resideInAPackage(Room.PROVIDER.all())
                .should()
                .onlyDependOnClassesThat(ours(List.of(Room.PROVIDER, Room.PLATFORM, Room.KERNEL)))
                .because("the catalogue of providers is data that features look things up in"));
    }

    @Test
    void the_platform_has_no_business_word() {
        check(classes()
                .that()
                .resideInAPackage(Room.PLATFORM.all())
                .should()
                .onlyDependOnClassesThat(ours(List.of(Room.PLATFORM, Room.KERNEL)))
                .because("it carries both sides and belongs to neither"));
        check(classes()
                .that()
                .resideInAPackage(Room.ENGINES.all())
                .should()
                .onlyDependOnClassesThat(ours(List.of(Room.ENGINES)))
                .because("the embedded engines are used by the server and by every test"));
    }

    @Test
    void the_sides_do_not_know_each_other() {
        check(noClasses()
                .that()
                .resideInAPackage(Room.COMMAND.all())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Room.QUERY.all(), Room.STANDALONE.all())
                .because("the query side can be dropped and rebuilt, so nothing may be decided by it"));
        check(noClasses()
                .that()
                .resideInAPackage(Room.QUERY.all())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Room.COMMAND.all(),
                        Room.STANDALONE.all(),
                        "org.axonframework..",
                        "javax.crypto..",
                        "org.bouncycastle..")
                .because("the query side shows what happened; it decides nothing, and opens events through the"
                        + " platform only"));
    }

    @Test
    void a_read_model_knows_no_other_read_model() {
        check(slices().matching(Room.QUERY.root() + ".(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        DescribedPredicate.alwaysTrue(),
                        resideInAnyPackage(
                                Room.FEED.all(),
                                Room.QUERY_WEB.all(),
                                Room.QUERY_WALL.all(),
                                Room.QUERY_TRAIL.all(),
                                Room.REPLAY.all(),
                                "io.byok.query.jooq.."))
                .because("each can be dropped, changed and rebuilt by itself"));
    }

    @Test
    void no_package_is_part_of_a_circle() {
        check(slices().matching("io.byok.(**)")
                .should()
                .beFreeOfCycles()
                .because("a circle of packages is one package with several names"));
    }

    private static final DescribedPredicate<JavaClass> IO = resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio.file..",
            "java.sql..",
            "java.lang.reflect..",
            "java.util.concurrent..");

    private static final DescribedPredicate<JavaClass> CHANCE = equivalentTo(java.time.Clock.class)
            .or(equivalentTo(java.time.InstantSource.class))
            .or(equivalentTo(Random.class))
            .or(equivalentTo(ThreadLocalRandom.class))
            .as("clocks and chance");

    /** Anything that is not ours, and of ours these rooms. */
    private static DescribedPredicate<JavaClass> ours(List<Room> allowed) {
        return not(resideInAPackage("io.byok.."))
                .or(Room.anyOf(allowed))
                .or(resideInAPackage("io.byok.*.jooq.."))
                .as("of ours " + allowed);
    }

    private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> predicate) {
        return DescribedPredicate.not(predicate);
    }

    private static void check(ArchRule rule) {
        rule.check(House.CLASSES);
    }
}
