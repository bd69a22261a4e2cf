package io.byok.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.platform.audit.BundleVerifier;
import io.byok.platform.audit.Proved;
import io.byok.platform.audit.Unproved;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.NoteKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code byok audit verify BUNDLE --key KEY [--since NOTE] [--witness KEY]...}: verifies an export where it lies, with no
 * server, database or network. {@code -} is standard input; keys are given as text or as files, the older state as a file.
 *
 * <p>Exit codes: 0 proved, 1 not proved, 2 wrong arguments or no export, 3 sound, but not linked to the older state
 * or not cosigned by a wanted witness.
 */
public final class AuditVerifyMain {

    static final int PROVED = 0;
    static final int FALSE = 1;
    static final int UNREADABLE = 2;
    static final int UNLINKED = 3;

    private static final Set<String> OPTIONS = Set.of("--key", "--since", "--witness");

    private AuditVerifyMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, new PrintStream(System.out, true, UTF_8), new PrintStream(System.err, true, UTF_8)));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            List<CosignerKey> witnesses = new ArrayList<>();
            Map<String, String> given = given(arguments, witnesses);
            NoteKey key = key(need(given, "--key"));
            String since = given.get("--since");
            try (InputStream export = open(need(given, "BUNDLE"))) {
                Proved proved =
                        BundleVerifier.verify(export, key, since == null ? null : content(Path.of(since)), witnesses);
                proved.sentences().forEach(sentence -> out.println("proved: " + sentence));
                return PROVED;
            }
        } catch (Unproved unproved) {
            err.println((unproved.kind() == Unproved.Kind.FALSE ? "NOT PROVED: " : "byok: ") + unproved.getMessage());
            return switch (unproved.kind()) {
                case FALSE -> FALSE;
                case UNREADABLE -> UNREADABLE;
                case UNLINKED -> UNLINKED;
            };
        } catch (WrongArguments wrong) {
            err.println("byok: " + wrong.getMessage() + " (see: byok help)");
            return UNREADABLE;
        } catch (IOException e) {
            err.println("byok: cannot read " + e.getMessage());
            return UNREADABLE;
        } catch (InvalidPathException e) {
            err.println("byok: that is no name of a file: " + e.getReason());
            return UNREADABLE;
        } catch (RuntimeException bug) {
            // Whatever it was, nothing was proved.
            err.println("byok: the export cannot be read (" + bug.getClass().getSimpleName() + ")");
            return UNREADABLE;
        }
    }

    private static InputStream open(String bundle) throws IOException {
        return bundle.equals("-") ? System.in : Files.newInputStream(Path.of(bundle));
    }

    private static NoteKey key(String given) throws IOException {
        return NoteKey.parse(text(given)).orElseThrow(() -> new WrongArguments("--key is no verifier key"));
    }

    private static CosignerKey witness(String given) throws IOException {
        return CosignerKey.parse(text(given))
                .orElseThrow(() -> new WrongArguments("--witness is no verifier key of a witness"));
    }

    static String text(String given) throws IOException {
        Path file = Path.of(given);
        return given.contains("+") && !Files.exists(file) ? given : content(file);
    }

    private static String content(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new WrongArguments(file + " is no text");
        }
    }

    private static Map<String, String> given(String[] arguments, List<CosignerKey> witnesses) throws IOException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (!OPTIONS.contains(name)) {
                if (name.startsWith("--") || given.put("BUNDLE", name) != null) {
                    throw new WrongArguments("unknown argument " + name);
                }
            } else if (name.equals("--witness") && i + 1 < arguments.length) {
                witnesses.add(witness(arguments[++i]));
            } else if (++i == arguments.length || given.put(name, arguments[i]) != null) {
                throw new WrongArguments(name + " wants one value");
            }
        }
        return given;
    }

    private static String need(Map<String, String> given, String name) {
        @Nullable String value = given.get(name);
        if (value == null) {
            throw new WrongArguments(name + " is missing");
        }
        return value;
    }

    private static final class WrongArguments extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongArguments(String message) {
            super(message, null, false, false);
        }
    }
}
