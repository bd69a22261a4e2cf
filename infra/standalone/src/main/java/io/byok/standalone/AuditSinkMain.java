package io.byok.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.platform.audit.SinkCheck;
import io.byok.platform.audit.Unproved;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code byok audit sink DIR [EXPORT]}: checks the files of a second audit sink, and holds them against an export of the
 * log, where both lie.
 *
 * <p>Exit codes: 0 they agree, 1 they do not, 2 wrong arguments or no such files.
 */
public final class AuditSinkMain {

    static final int SAME = 0;
    static final int FALSE = 1;
    static final int UNREADABLE = 2;

    private AuditSinkMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, new PrintStream(System.out, true, UTF_8), new PrintStream(System.err, true, UTF_8)));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length < 1 || arguments.length > 2 || arguments[0].startsWith("--")) {
            err.println("byok: audit sink wants a directory, and perhaps an export (see: byok help)");
            return UNREADABLE;
        }
        try {
            found(arguments).forEach(sentence -> out.println("found: " + sentence));
            return SAME;
        } catch (Unproved wrong) {
            boolean differs = wrong.kind() == Unproved.Kind.FALSE;
            err.println((differs ? "NOT THE SAME: " : "byok: ") + wrong.getMessage());
            return differs ? FALSE : UNREADABLE;
        } catch (IOException e) {
            err.println("byok: cannot read " + e.getMessage());
            return UNREADABLE;
        }
    }

    private static List<String> found(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        if (arguments.length == 1) {
            return SinkCheck.check(directory, null);
        }
        try (BufferedReader export = Files.newBufferedReader(Path.of(arguments[1]))) {
            return SinkCheck.check(directory, export);
        }
    }
}
