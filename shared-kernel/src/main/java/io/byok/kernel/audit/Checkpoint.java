package io.byok.kernel.audit;

import io.byok.kernel.merkle.MerkleHash;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A state of a log, as the C2SP tlog-checkpoint text that is signed: origin, size, root, each on a line.
 *
 * @param origin names the log for ever
 * @param root 32 bytes; lent, never changed
 */
public record Checkpoint(String origin, long size, byte[] root) {

    /** With a line feed at the end of each of its three lines. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** Empty unless it is such a text; lines after the third are passed over, as the standard wants. */
    public static Optional<Checkpoint> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || !text.endsWith("\n") || lines.getFirst().isEmpty()) {
            return Optional.empty();
        }
        String size = lines.get(1);
        try {
            byte[] root = Base64.getDecoder().decode(lines.get(2));
            boolean canonical = size.equals(Long.toString(Long.parseLong(size))) && !size.startsWith("-");
            canonical &= Base64.getEncoder().encodeToString(root).equals(lines.get(2));
            return canonical && root.length == MerkleHash.LENGTH
                    ? Optional.of(new Checkpoint(lines.getFirst(), Long.parseLong(size), root))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
