package io.byok.standalone;

import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Checks a certificate of erasure with a public key, and says in words what that proves. Needs no server, no network and
 * no database. Exit codes: 0 valid, 1 not valid, 2 wrong arguments.
 */
@Command(name = "verify", description = "Checks a certificate of erasure, offline", mixinStandardHelpOptions = true)
final class EraseVerifyCommand implements Callable<Integer> {

    private static final String FORMAT = "byok erasure certificate 1";
    private static final String TENANT = "byok tenant erasure certificate 1";

    @Parameters(paramLabel = "CERT", description = "the certificate, as GET /v1/erasures/{id}/certificate gave it")
    private Path certificate = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "PUB",
            description = "the verifier key, or a file with it; default: erasure-key.pub in the data directory")
    private @Nullable String key;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:byok.default-data:-.byok}",
            description = "the data directory")
    private Path data = Path.of(".byok");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        String note = read(certificate).orElseThrow(() -> wrong("cannot read " + certificate));
        NoteKey signer =
                NoteKey.parse(keyText()).orElseThrow(() -> wrong("that is no verifier key (name+hash+base64)"));
        Optional<String> text = SignedNote.open(note, signer)
                .filter(signed -> Set.of(FORMAT, TENANT)
                        .contains(signed.lines().findFirst().orElse("")));
        PrintWriter out = spec().commandLine().getOut();
        if (text.isEmpty()) {
            out.println("NOT VALID: this is not a certificate of erasure signed by " + signer.name()
                    + " with that key, or it was changed since.");
            return 1;
        }
        List<String> lines = text.get().lines().toList();
        (lines.getFirst().equals(TENANT) ? explainTenant(lines, signer) : explain(lines, signer)).forEach(out::println);
        return 0;
    }

    private static List<String> explain(List<String> lines, NoteKey signer) {
        return List.of(
                "VALID: signed by " + signer.text(),
                "",
                "It certifies, of the end user with the random id " + value(lines, "subject") + " (legal basis "
                        + value(lines, "legal-basis") + "):",
                "  - at " + value(lines, "destroyed-at") + " " + count(lines, "data-key") + " keys and "
                        + value(lines, "credentials") + " sealed credentials were deleted in one transaction,",
                "    with the mapping from the application's id of the user; the keys are named by the SHA-256 of"
                        + " their wraps;",
                "  - what these keys had sealed stays in the log, unreadable, at " + count(lines, "history")
                        + " places that are named;",
                "  - by " + value(lines, "erased-at") + " " + count(lines, "acknowledged")
                        + " stores had said that nothing of the user was left in them.",
                "",
                "It does not prove",
                "  - who the user was: nothing leads from the random id to a person any more;",
                "  - that no copy was made before: backups of the database open with the root they were made under,"
                        + " until " + value(lines, "backup-horizon").replaceFirst(".* ", "") + " at the latest,",
                "    if the operator keeps the horizon that is stated;",
                "  - what the application did with the keys that it was handed.");
    }

    private static List<String> explainTenant(List<String> lines, NoteKey signer) {
        return List.of(
                "VALID: signed by " + signer.text(),
                "",
                "It certifies, of the tenant " + value(lines, "tenant") + " (legal basis " + value(lines, "legal-basis")
                        + "):",
                "  - at " + value(lines, "destroyed-at") + " its own "
                        + (count(lines, "kek-events") + count(lines, "kek-credentials")) + " key-encryption keys, "
                        + value(lines, "data-keys") + " keys under them and " + value(lines, "credentials")
                        + " sealed credentials were deleted in one transaction,",
                "    with its tokens, its name and the ids of its users; the keys under its own are named by one hash of"
                        + " their tombstones;",
                "  - what these keys had sealed stays in the log up to position " + value(lines, "destroyed-position")
                        + ", unreadable;",
                "  - by " + value(lines, "erased-at") + " " + count(lines, "acknowledged")
                        + " stores had said that nothing of the tenant was left in them.",
                "",
                "It does not prove",
                "  - who the tenant was: its name is not kept;",
                "  - that no copy was made before: backups of the database open with the root they were made under,"
                        + " until " + value(lines, "backup-horizon").replaceFirst(".* ", "") + " at the latest,",
                "    if the operator keeps the horizon that is stated;",
                "  - what the application did with the keys that it was handed.");
    }

    private static String value(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .findFirst()
                .orElse("?");
    }

    private static long count(List<String> lines, String word) {
        return lines.stream().filter(line -> line.startsWith(word + " ")).count();
    }

    private String keyText() {
        if (key == null) {
            Path own = data.resolve("erasure-key.pub");
            return read(own).orElseThrow(() -> wrong("there is no " + own + "; give the verifier key with --key"));
        }
        return NoteKey.parse(key).isPresent()
                ? key
                : read(Path.of(key)).orElseThrow(() -> wrong("--key is neither a verifier key nor a file"));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException missingOrNoText) {
            return Optional.empty();
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec().commandLine(), what);
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it");
        }
        return spec;
    }
}
