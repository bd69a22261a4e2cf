package io.byok.command.head;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every use of a key must know, as of the last commit.
 *
 * @param version the credential version that serves
 * @param sequence the aggregate version
 * @param previous the version before, while it still serves as a fallback
 * @param versionSince since when the serving version serves
 */
public record KeyHead(
        KeyId key,
        TenantId tenant,
        SubjectId subject,
        String provider,
        String environment,
        Status status,
        int version,
        long sequence,
        KeyPolicy policy,
        @Nullable Previous previous,
        Instant versionSince,
        Instant createdAt) {

    /** The version before the one that serves, still alive until an instant. */
    public record Previous(int version, Instant until) {}

    /** Whether and how a key is served. The codes are stored. */
    public enum Status {
        ACTIVE(1, "active"),
        DISABLED(2, "disabled"),
        REVOKED(3, "revoked"),
        DELETED(4, "deleted"),
        ERASED(5, "erased");

        private final short code;
        private final String word;

        Status(int code, String word) {
            this.code = (short) code;
            this.word = word;
        }

        public short code() {
            return code;
        }

        public String word() {
            return word;
        }

        /** Whether there is still a credential to ask the provider about. */
        public boolean mayBeAsked() {
            return switch (this) {
                case ACTIVE, DISABLED -> true;
                case REVOKED, DELETED, ERASED -> false;
            };
        }

        static Status of(int code) {
            return switch (code) {
                case 1 -> ACTIVE;
                case 2 -> DISABLED;
                case 3 -> REVOKED;
                case 4 -> DELETED;
                case 5 -> ERASED;
                default -> throw new IllegalStateException("no key status has code " + code);
            };
        }
    }
}
