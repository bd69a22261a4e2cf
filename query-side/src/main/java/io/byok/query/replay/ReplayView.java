package io.byok.query.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is shown.
 *
 * @param projection {@code keys}, {@code usage}, {@code audit} or {@code all}
 * @param mode {@code verify} or {@code rebuild}
 * @param status {@code running}, {@code succeeded}, {@code failed}, or {@code interrupted} by the end of the server
 * @param processed events replayed so far
 * @param total events to replay
 * @param rate events per second, absent before the first
 * @param etaSeconds absent unless running with a known rate
 * @param position up to which the digests go
 * @param digests by table, once compared
 * @param equal whether all digests are, absent before
 * @param differences the first rows that differ and are the asking tenant's own
 * @param differencesOfOthers how many differing rows were found of other tenants
 * @param failure what went wrong, in one line
 */
public record ReplayView(
        String id,
        String projection,
        String mode,
        String status,
        long processed,
        long total,
        @Nullable Double rate,
        @Nullable Long etaSeconds,
        long position,
        Map<String, Digest> digests,
        @Nullable Boolean equal,
        List<Row> differences,
        long differencesOfOthers,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure) {

    /** SHA-256 in hex of one table, live and replayed at the same position. */
    public record Digest(String live, String replayed) {

        @JsonProperty
        public boolean equal() {
            return live.equals(replayed);
        }
    }

    /** A row that differs. @param kind {@code missing}, {@code extra} or {@code different} in the live read model */
    public record Row(String table, String kind, Map<String, String> key) {}
}
