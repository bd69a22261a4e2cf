package io.byok.platform.audit;

import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The report of a replay, as it is signed: lines of words, so that it can be read, kept and checked without us. What the
 * lines are is told in docs/audit.md.
 *
 * @param lines below the first, in their order, without line feeds
 */
public record ReplayReport(List<String> lines) {

    /** The first line. */
    public static final String HEAD = "byok replay report 1";

    /** What the outcome is called when nothing differs. */
    public static final String EQUAL = "equal";

    private static final String OUTCOME = "outcome ";
    private static final String SIGNER = "/replays";

    public ReplayReport {
        lines = List.copyOf(lines);
        if (lines.stream().anyMatch(line -> line.isEmpty() || line.indexOf('\n') >= 0)) {
            throw new IllegalArgumentException("a line of a report is a line");
        }
    }

    /** In whose name reports are signed. @param log the name of any log of the installation */
    public static String signer(String log) {
        return log.substring(0, log.lastIndexOf('/')) + SIGNER;
    }

    /** What is signed. */
    public String text() {
        return HEAD + "\n" + String.join("\n", lines) + "\n";
    }

    /**
     * Reads a report, if it was signed.
     *
     * @param key of any log of the installation
     * @throws Unproved when it is none, or somebody else's, or contradicts itself
     */
    public static ReplayReport open(String note, NoteKey key) {
        Optional<String> said = SignedNote.text(note);
        if (said.isEmpty() || !said.get().startsWith(HEAD + "\n")) {
            throw Unproved.unreadable("this is no report of a replay");
        }
        if (key.name().indexOf('/') < 0) {
            throw Unproved.unreadable("the key is not that of a log");
        }
        String text = SignedNote.open(note, key.named(signer(key.name())))
                .orElseThrow(() -> Unproved.because("the report is not signed by the key that you gave"));
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.removeFirst();
        ReplayReport report = new ReplayReport(lines);
        if (report.outcome().equals(EQUAL) && !report.differences().isEmpty()) {
            throw Unproved.because("the report says that all is equal, and names what is not");
        }
        return report;
    }

    /** {@value #EQUAL}, {@code different} or {@code failed}. @throws Unproved when it says none, or more than one */
    public String outcome() {
        List<String> said =
                lines.stream().filter(line -> line.startsWith(OUTCOME)).toList();
        if (said.size() != 1) {
            throw Unproved.unreadable("the report names no outcome");
        }
        return said.getFirst().substring(OUTCOME.length());
    }

    /** Lines that say what differs, and why a replay came to nothing. */
    public List<String> differences() {
        return lines.stream()
                .filter(line -> line.startsWith("row ")
                        || line.startsWith("others ")
                        || line.startsWith("failure ")
                        || line.contains(" different ") && (line.startsWith("table ") || line.startsWith("day ")))
                .toList();
    }
}
