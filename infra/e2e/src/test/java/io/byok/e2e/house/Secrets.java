package io.byok.e2e.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/** The types that hold secret material in the clear. */
final class Secrets {

    static final String SECRET_BYTES = "io.byok.command.vault.SecretBytes";
    static final String CREDENTIAL = "io.byok.command.vault.Credential";
    static final String SEALING_KEY = "io.byok.platform.seal.SealingKey";

    /** Every one; a rule names them through here, and a test looks that they exist. */
    static final List<String> NAMES = List.of(SECRET_BYTES, CREDENTIAL, SEALING_KEY);

    /** Those, and what holds the words that open the way to keys. */
    static final List<String> REACHABLE = List.of(
            SECRET_BYTES,
            CREDENTIAL,
            SEALING_KEY,
            "io.byok.command.vault.OpenedCredentials",
            "io.byok.platform.seal.MessageKeys",
            "io.byok.platform.seal.Passphrase",
            "io.byok.platform.seal.pkcs11.TokenPin",
            "io.byok.platform.seal.transit.TransitToken");

    static final DescribedPredicate<JavaClass> ANY =
            describe("holding secret material", type -> NAMES.contains(type.getName()));

    private Secrets() {}
}
