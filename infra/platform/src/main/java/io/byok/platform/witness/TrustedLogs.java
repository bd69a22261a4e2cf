package io.byok.platform.witness;

import io.byok.platform.seal.NoteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose logs are witnessed: one verifier key a line, {@code #} begins a comment. A key is for the log of its name; with
 * {@code *} behind it, for all logs of that installation, which have the same key and the same name up to the last slash.
 */
public final class TrustedLogs {

    private record Trusted(NoteKey key, boolean all) {

        Optional<NoteKey> of(String origin) {
            if (origin.equals(key.name())) {
                return Optional.of(key);
            }
            String installation = key.name().substring(0, key.name().lastIndexOf('/') + 1);
            boolean sibling = all
                    && !installation.isEmpty()
                    && origin.startsWith(installation)
                    && origin.indexOf('/', installation.length()) < 0;
            return sibling ? Optional.of(key.named(origin)) : Optional.empty();
        }
    }

    private final List<Trusted> trusted;

    private TrustedLogs(List<Trusted> trusted) {
        this.trusted = trusted;
    }

    /** @throws IllegalArgumentException with the number of a line that is no key */
    public static TrustedLogs parse(String text) {
        List<Trusted> trusted = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String said = line.replaceFirst("#.*", "").strip();
            if (!said.isEmpty()) {
                boolean all = said.endsWith(" *");
                NoteKey key = NoteKey.parse(all ? said.substring(0, said.length() - 2) : said)
                        .orElse(null);
                if (key == null) {
                    throw new IllegalArgumentException("line " + number + " is no verifier key of a log");
                }
                trusted.add(new Trusted(key, all));
            }
        }
        return new TrustedLogs(trusted);
    }

    /** Who may sign the log of that name; nobody when it is not witnessed. */
    List<NoteKey> of(String origin) {
        return trusted.stream()
                .map(one -> one.of(origin))
                .flatMap(Optional::stream)
                .toList();
    }

    public int size() {
        return trusted.size();
    }
}
