package io.byok.command.use.domain;

import io.byok.kernel.KeyId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller does not want again because it just failed.
 *
 * @param version one version; absent for the version that serves
 */
public record Excluded(KeyId key, @Nullable Integer version) {

    /** Reads {@code key_...} or {@code key_...@2}. */
    public static Optional<Excluded> parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return KeyId.parse(text).map(key -> new Excluded(key, null));
        }
        String number = text.substring(at + 1);
        if (!number.matches("[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        return KeyId.parse(text.substring(0, at)).map(key -> new Excluded(key, Integer.valueOf(number)));
    }

    boolean covers(Candidate candidate, int number) {
        return key.equals(candidate.key()) && (version == null ? number == candidate.version() : number == version);
    }
}
