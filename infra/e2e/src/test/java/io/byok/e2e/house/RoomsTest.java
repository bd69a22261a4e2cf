package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** That the rules speak of something. */
class RoomsTest {

    @ParameterizedTest
    @EnumSource
    void every_room_that_a_rule_names_has_classes(Room room) {
        assertThat(House.CLASSES.stream().filter(room::holds).filter(type -> !isPackageInfo(type)))
                .as("a rule about %s is green whatever happens, unless it has classes", room.root())
                .isNotEmpty();
    }

    @Test
    void every_feature_that_decides_has_a_domain() {
        assertThat(House.CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.endsWith(".domain"))
                        .distinct())
                .as("rules about ..domain.. need domains")
                .contains(
                        Room.KEY.root() + ".domain",
                        Room.SUBJECT.root() + ".domain",
                        Room.TENANT.root() + ".domain",
                        Room.ACCESS.root() + ".domain",
                        Room.USE.root() + ".domain");
    }

    @ParameterizedTest
    @FieldSource("io.byok.e2e.house.Secrets#NAMES")
    void every_class_that_a_rule_names_exists(String name) {
        assertThatCode(() -> House.CLASSES.get(name)).as(name).doesNotThrowAnyException();
    }

    @Test
    void every_command_package_is_a_feature_a_mechanic_or_reference_data() {
        assertThat(House.CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(Room.COMMAND.root() + "."))
                        .map(name ->
                                name.substring(Room.COMMAND.root().length() + 1).replaceFirst("\\..*", ""))
                        .distinct())
                .as("a new package must be put on a list in Room, or no rule looks at it")
                .isSubsetOf(java.util.stream.Stream.of(Room.FEATURES, Room.MECHANICS, java.util.List.of(Room.PROVIDER))
                        .flatMap(java.util.List::stream)
                        .map(room -> room.root().substring(Room.COMMAND.root().length() + 1))
                        .toList());
    }

    @Test
    void every_package_says_that_nothing_in_it_is_null_unless_marked() {
        assertThat(House.CLASSES.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .as("without @NullMarked in package-info, NullAway proves nothing about a package")
                .isEmpty();
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }
}
