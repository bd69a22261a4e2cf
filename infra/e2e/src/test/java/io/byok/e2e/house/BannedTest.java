package io.byok.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What is used nowhere, or in one place only. */
class BannedTest {

    /** Where the OpenAPI library, which is of Jackson 2, calls or is called; nothing else is written with it. */
    private static final String OPEN_API = "io.byok.platform.web.openapi";

    @Test
    void libraries_that_we_do_not_use() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(OPEN_API)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                .because("Jackson 3 is tools.jackson; two generations in one program write two kinds of JSON"));
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "lombok..", "org.springframework.orm..")
                .because("what happens to a row or a field stands in the code that does it"));
    }

    @Test
    void nothing_is_injected_into_a_field() {
        for (Class<? extends Annotation> annotation : Set.of(Autowired.class, Value.class)) {
            check(fields().should()
                    .notBeAnnotatedWith(annotation)
                    .because("a class that needs something asks for it in its constructor, and can be made in a test"));
        }
        check(fields().should()
                .notBeAnnotatedWith("jakarta.inject.Inject")
                .andShould()
                .notBeAnnotatedWith("jakarta.annotation.Resource")
                .because("a class that needs something asks for it in its constructor, and can be made in a test"));
    }

    @Test
    void only_the_command_line_writes_to_the_console() {
        check(noClasses()
                .that(not(resideInAPackage(Room.STANDALONE.root())))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("the log has a level, a format and a guard against secrets; the console has none"));
    }

    @Test
    void time_is_java_time() {
        check(noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "of the old calendar",
                        type -> type.isAssignableTo(Date.class)
                                || type.getName().equals("java.util.Calendar")
                                || type.getName().equals("java.text.SimpleDateFormat")))
                .because("an instant is UTC and does not change"));
    }

    @Test
    void a_domain_asks_neither_the_clock_nor_chance() {
        check(noClasses()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .callMethodWhere(target("now", "java.time"))
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .because("instants and ids arrive in the command; the same command decides the same next year"));
    }

    @Test
    void features_take_the_time_from_a_clock_that_a_test_can_set() {
        check(noClasses()
                .that()
                .resideInAnyPackage(Room.COMMAND.all(), Room.QUERY.all())
                .should()
                .callMethod(Instant.class, "now")
                .because("what expires must be tested without waiting"));
    }

    @Test
    void only_the_bus_sends_commands() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(Room.BUS.all())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(CommandBus.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(CommandGateway.class)
                .because("Commands is the one door: it carries tenant, provenance and the rows that are true at once"));
    }

    @Test
    void axon_is_a_shell() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(Room.BUS.all(), Room.STORE.all())
                .and()
                .haveSimpleNameNotEndingWith("Aggregate")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework..")
                .because("the rules must be readable without knowing a framework (decision 0004)"));
    }

    private static DescribedPredicate<JavaAccess<?>> target(String method, String ownerPackage) {
        return describe(
                ownerPackage + ".*." + method,
                access -> access.getTarget().getName().equals(method)
                        && access.getTargetOwner().getPackageName().equals(ownerPackage));
    }

    private static void check(ArchRule rule) {
        rule.check(House.CLASSES);
    }
}
