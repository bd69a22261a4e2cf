package io.byok.platform.audit;

import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds the files of a second audit sink against an export of the log. What the files call committed must be in the log
 * just so; what they have and do not call committed was interrupted, and may be there or not. Does not verify the export.
 */
public final class SinkCheck {

    private final SinkFiles files;
    private final MerkleHash hash = new MerkleHash();
    private long same;
    private long settled;
    private long elsewhere;
    private long first = Long.MAX_VALUE;
    private long last;
    private @Nullable UUID tenant;

    private SinkCheck(SinkFiles files) {
        this.files = files;
    }

    /**
     * Checks the files, and the export beside them if there is one.
     *
     * @return what was found, one sentence each
     * @throws Unproved naming the first thing that is wrong
     */
    public static List<String> check(Path directory, @Nullable BufferedReader export) throws IOException {
        SinkCheck check = new SinkCheck(SinkFiles.read(directory));
        List<String> found = new ArrayList<>(check.own());
        if (export != null) {
            check.compare(export);
            found.addAll(check.compared());
        }
        return found;
    }

    private List<String> own() {
        List<String> found = new ArrayList<>();
        found.add("%d committed events are in the files, and each line is what its hash says"
                .formatted(files.committed().size()));
        if (!files.undecided().isEmpty()) {
            found.add("%d events were written whose commit was interrupted; the log says what became of them"
                    .formatted(files.undecided().size()));
        }
        if (files.abandoned() > 0) {
            found.add("%d events were written and not committed".formatted(files.abandoned()));
        }
        if (files.torn() > 0) {
            found.add("%d files end within a line: the server stopped there".formatted(files.torn()));
        }
        return found;
    }

    private void compare(BufferedReader export) throws IOException {
        boolean platform = false;
        long number = 0;
        for (String text = export.readLine(); text != null; text = export.readLine()) {
            BundleLine line = BundleLineParser.any(++number, text);
            switch (line.type()) {
                case "log" -> platform = line.text("origin").endsWith("/platform");
                case "leaf" -> {
                    byte[] bytes = line.bytes("leaf");
                    if (parsed(number, bytes) instanceof Leaf.OfEvent event) {
                        tenant = platform ? null : event.tenant();
                        compare(event.position(), hash.leaf(bytes));
                    }
                }
                default -> {}
            }
        }
        for (Map.Entry<Long, SinkFiles.Line> rest : files.committed().entrySet()) {
            SinkFiles.Line line = rest.getValue();
            if (within(rest.getKey()) && (platform || line.tenant().equals(tenant))) {
                throw Unproved.because(line.where() + ": position " + rest.getKey()
                        + " was committed, and the log does not have it any more");
            }
        }
    }

    private static Leaf parsed(long number, byte[] bytes) {
        try {
            return Leaf.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw Unproved.unreadable("line " + number + " of the export: " + e.getMessage());
        }
    }

    private boolean within(long position) {
        return position >= first && position <= last;
    }

    private void compare(long position, byte[] leaf) {
        first = Math.min(first, position);
        last = Math.max(last, position);
        SinkFiles.Line committed = files.committed().remove(position);
        SinkFiles.Line undecided = files.undecided().get(position);
        if (committed != null) {
            if (!Arrays.equals(committed.leaf(), leaf)) {
                throw Unproved.because(committed.where() + ": position " + position + " is another event in the log");
            }
            same++;
        } else if (undecided != null && Arrays.equals(undecided.leaf(), leaf)) {
            settled++;
        } else {
            elsewhere++;
        }
    }

    private List<String> compared() {
        List<String> found = new ArrayList<>();
        found.add("%d committed events are the same in the log, up to position %d".formatted(same, last));
        if (settled > 0) {
            found.add("%d interrupted events were committed, and are the same in the log".formatted(settled));
        }
        if (elsewhere > 0) {
            found.add("%d events of the log are not in these files: older than they are, or another node's"
                    .formatted(elsewhere));
        }
        return found;
    }
}
