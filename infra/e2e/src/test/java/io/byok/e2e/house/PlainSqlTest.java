package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.PlainSQL;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/**
 * SQL is jOOQ's, with names that are generated and values that are binds. Where jOOQ has no word for it, it takes text;
 * then the text is a constant, and what differs are binds and query parts. Read from the byte code: a method that gives
 * jOOQ text puts no text together. An injection has no place to stand.
 */
class PlainSqlTest {

    /** Looked at by a person: which text is put together there, and why it is no injection. */
    private static final Set<String> LOOKED_AT = Set.of(
            "io.byok.query.feed.Rows.arrays", // placeholders, as many as there are columns
            "io.byok.query.replay.Shadow.replaceLive", // a schema's name, out of a number, given as a name
            "io.byok.query.replay.Difference.between"); // aliases out of columns' names, given as names

    private static final Set<String> MAKERS =
            Set.of("java/lang/StringBuilder", "java/util/StringJoiner", "java/util/Formatter");
    private static final Set<String> MAKING = Set.of("format", "formatted", "join", "concat", "replace", "replaceAll");

    private final Map<String, Set<String>> plainSql = new ConcurrentHashMap<>();

    @Test
    void a_method_that_gives_jooq_text_puts_none_together() {
        assertThat(methods(this::givesText)
                        .filter(PlainSqlTest::putsTextTogether)
                        .map(PlainSqlTest::name)
                        .distinct())
                .as("SQL that is put together from text; give jOOQ names, binds and query parts instead")
                .containsExactlyInAnyOrderElementsOf(LOOKED_AT);
    }

    @Test
    void the_byte_code_tells_it() throws IOException {
        ClassModel model = ClassFile.of()
                .parse(Sample.class
                        .getResourceAsStream("PlainSqlTest$Sample.class")
                        .readAllBytes());
        assertThat(model.methods().stream()
                        .filter(this::givesText)
                        .filter(PlainSqlTest::putsTextTogether)
                        .map(method -> method.methodName().stringValue()))
                .containsExactly("concatenates", "formats");
    }

    /** What the check must tell apart. */
    @SuppressWarnings("unused")
    private static final class Sample {
        static void constant(DSLContext jooq, String value) {
            jooq.execute("select ?", value);
        }

        static void concatenates(DSLContext jooq, String value) {
            jooq.execute("select '" + value + "'");
        }

        static void formats(String value) {
            DSL.condition("x = %s".formatted(value));
        }

        static String harmless(String value) {
            return "no SQL, " + value;
        }
    }

    private static Stream<MethodModel> methods(Predicate<MethodModel> which) {
        return House.CLASSES.stream()
                .map(PlainSqlTest::read)
                .flatMap(type -> type.methods().stream())
                .filter(which);
    }

    private static ClassModel read(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CodeElement> code(MethodModel method) {
        return method.code().map(code -> code.elementList()).orElse(List.of());
    }

    private boolean givesText(MethodModel method) {
        return code(method).stream()
                .anyMatch(element -> element instanceof InvokeInstruction call
                        && call.owner().asInternalName().startsWith("org/jooq/")
                        && plainSql.computeIfAbsent(call.owner().asInternalName(), PlainSqlTest::plainSqlOf)
                                .contains(
                                        call.name().stringValue() + call.type().stringValue()));
    }

    private static boolean putsTextTogether(MethodModel method) {
        return code(method).stream().anyMatch(element -> switch (element) {
            case InvokeDynamicInstruction call -> call.name().stringValue().startsWith("makeConcat");
            case InvokeInstruction call ->
                MAKERS.contains(call.owner().asInternalName())
                        || call.owner().asInternalName().equals("java/lang/String")
                                && MAKING.contains(call.name().stringValue());
            default -> false;
        });
    }

    /** jOOQ marks every method that takes SQL as text. */
    private static Set<String> plainSqlOf(String owner) {
        try {
            return Arrays.stream(Class.forName(owner.replace('/', '.')).getMethods())
                    .filter(method -> method.isAnnotationPresent(PlainSQL.class))
                    .map(PlainSqlTest::signature)
                    .collect(Collectors.toSet());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
    }

    private static String name(MethodModel method) {
        String owner =
                method.parent().orElseThrow().thisClass().asInternalName().replace('/', '.');
        // A lambda is named after the method that holds it.
        return owner + "." + method.methodName().stringValue().replaceAll("lambda\\$|\\$\\d+", "");
    }
}
