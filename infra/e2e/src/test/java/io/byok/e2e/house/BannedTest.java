package io.byok.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jooq.PlainSQL;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What is used nowhere, or in one place only. */
class BannedTest {

    /** Where jOOQ has no word for it: the text is a constant or made of placeholders, the rest are binds. */
    private static final Set<String> PLAIN_SQL = Set.of(
            "io.byok.query.feed.Rows", // unnest(?, ?, ...), as many as there are columns
            "io.byok.query.feed.Projection", // a setting of the transaction
            "io.byok.query.key.KeyProjector", // unnest with names
            "io.byok.query.key.KeyReader", // @> of arrays
            "io.byok.query.replay.EventLog"); // the isolation of a transaction

    /** Its parent's methods declare an exception of Jackson 2. */
    private static final String OPEN_API = "io.byok.platform.web.openapi.OpenApiController";

    @Test
    void libraries_that_we_do_not_use() {
        check(noClasses()
                .that(describe("not excepted", type -> !type.getName().equals(OPEN_API)))
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
            check(fields()
                    .should()
                    .notBeAnnotatedWith(annotation)
                    .because("a class that needs something asks for it in its constructor, and can be made in a test"));
        }
        check(fields()
                .should()
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
                        "of the old calendar", type -> type.isAssignableTo(Date.class)
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
    void sql_is_never_put_together_from_text() {
        check(noClasses()
                .that(describe("not excepted", type -> !PLAIN_SQL.contains(type.getName())))
                .should()
                .accessTargetWhere(describe("plain SQL of jOOQ", BannedTest::isPlainSql))
                .because("values are binds and names are generated, so that an injection has no place to stand"));
    }

    @Test
    void every_exception_by_name_is_still_needed() {
        assertThat(PLAIN_SQL).allSatisfy(name -> assertThat(House.CLASSES.get(name).getAccessesFromSelf())
                .as("an exception that nobody needs is an open door: %s", name)
                .anyMatch(BannedTest::isPlainSql));
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

    /** jOOQ marks every method that takes SQL as text. */
    private static boolean isPlainSql(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                && target.isAnnotatedWith(PlainSQL.class);
    }

    private static void check(ArchRule rule) {
        rule.check(House.CLASSES);
    }

}
