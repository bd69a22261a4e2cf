package io.byok.platform.witness;

import io.byok.kernel.merkle.MerkleHash;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The body of C2SP tlog-witness {@code add-checkpoint}: {@code old SIZE}, up to 63 hashes in base64, an empty line, and the
 * signed note, each line with a line feed.
 *
 * @param old size of the state that the witness has, 0 for none
 * @param proof of consistency, RFC 6962
 */
public record AddCheckpoint(long old, List<byte[]> proof, String note) {

    private static final int MOST_HASHES = 63;

    /** The form that {@link #parse} reads. */
    public String text() {
        StringBuilder text = new StringBuilder("old ").append(old).append('\n');
        proof.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(note).toString();
    }

    /** Empty unless it is such a body, to the letter. */
    static Optional<AddCheckpoint> parse(String body) {
        int empty = body.indexOf("\n\n");
        if (empty < 0 || !body.endsWith("\n")) {
            return Optional.empty();
        }
        String[] lines = body.substring(0, empty).split("\n", -1);
        if (lines.length > 1 + MOST_HASHES || !lines[0].matches("old (0|[1-9][0-9]{0,17})")) {
            return Optional.empty();
        }
        List<byte[]> proof = new ArrayList<>();
        try {
            for (int i = 1; i < lines.length; i++) {
                byte[] hash = Base64.getDecoder().decode(lines[i]);
                if (hash.length != MerkleHash.LENGTH
                        || !Base64.getEncoder().encodeToString(hash).equals(lines[i])) {
                    return Optional.empty();
                }
                proof.add(hash);
            }
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        return Optional.of(new AddCheckpoint(
                Long.parseLong(lines[0].substring("old ".length())), proof, body.substring(empty + 2)));
    }
}
