package io.byok.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;

/** The classes of the product: what the server is made of, without tests and without what jOOQ generates. */
final class House {

    /** The checkout; tests run in the directory of their module. */
    static final Path ROOT = Path.of("../..");

    private static final DescribedPredicate<JavaClass> GENERATED =
            describe("generated", type -> type.getPackageName().matches("io\\.byok\\.[a-z]+\\.jooq(\\..*)?"));

    /** Read once per JVM: it takes seconds. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.byok")
            .that(not(GENERATED).and(not(resideInAPackage("io.byok.testkit.."))));

    private House() {}
}
