package io.byok.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.platform.audit.ReplayReport;
import io.byok.platform.audit.Unproved;
import io.byok.platform.seal.NoteKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code byok audit verify-report FILE --key KEY}: checks the signed report of a replay where it lies, with no server,
 * database or network.
 *
 * <p>Exit codes: 0 signed, and everything was equal; 1 not signed by that key, or something differed; 2 wrong arguments or
 * no report.
 */
public final class AuditVerifyReportMain {

    private AuditVerifyReportMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, new PrintStream(System.out, true, UTF_8), new PrintStream(System.err, true, UTF_8)));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length != 3 || !arguments[1].equals("--key")) {
            err.println("byok: wanted: audit verify-report FILE --key KEY (see: byok help)");
            return AuditVerifyMain.UNREADABLE;
        }
        try {
            Optional<NoteKey> key =
                    NoteKey.parse(AuditVerifyMain.text(arguments[2]).strip());
            if (key.isEmpty()) {
                err.println("byok: --key is no verifier key (see: byok help)");
                return AuditVerifyMain.UNREADABLE;
            }
            ReplayReport report = ReplayReport.open(Files.readString(Path.of(arguments[0])), key.get());
            report.lines().forEach(out::println);
            if (report.outcome().equals(ReplayReport.EQUAL)) {
                out.println("proved: the key's holder has replayed this history, and found everything equal");
                return AuditVerifyMain.PROVED;
            }
            err.println("NOT EQUAL: the report is signed, and its outcome is " + report.outcome());
            return AuditVerifyMain.FALSE;
        } catch (Unproved unproved) {
            boolean untrue = unproved.kind() == Unproved.Kind.FALSE;
            err.println((untrue ? "NOT PROVED: " : "byok: ") + unproved.getMessage());
            return untrue ? AuditVerifyMain.FALSE : AuditVerifyMain.UNREADABLE;
        } catch (IOException e) {
            err.println("byok: cannot read " + e.getMessage());
            return AuditVerifyMain.UNREADABLE;
        }
    }
}
