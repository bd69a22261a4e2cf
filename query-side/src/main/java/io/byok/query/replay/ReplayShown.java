package io.byok.query.replay;

import io.byok.query.jooq.tables.records.ReplayRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How a stored replay is shown to the tenant who asked for it. */
final class ReplayShown {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, ReplayView.Digest>> DIGESTS = new TypeReference<>() {};
    private static final TypeReference<List<Difference>> DIFFERENCES = new TypeReference<>() {};

    private static final TypeReference<List<Days>> DAYS = new TypeReference<>() {};

    private ReplayShown() {}

    static ReplayView of(ReplayRecord row, Instant now) {
        Map<String, ReplayView.Digest> digests = digests(row);
        List<Difference> differences = differences(row);
        List<ReplayView.Row> own = differences.stream()
                .filter(difference -> difference.tenant().equals(row.getTenant()))
                .map(difference -> new ReplayView.Row(difference.table(), difference.kind(), difference.key()))
                .toList();
        boolean running = row.getStatus().equals(ReplayJournal.RUNNING);
        Instant started = row.getStartedAt().toInstant();
        Instant finished =
                row.getFinishedAt() == null ? null : row.getFinishedAt().toInstant();
        Double rate = rate(row.getProcessed(), Duration.between(started, finished == null ? now : finished));
        return new ReplayView(
                new ReplayId(row.getId()).text(),
                row.getProjection(),
                row.getMode(),
                row.getStatus(),
                row.getProcessed(),
                row.getTotal(),
                rate,
                running && rate != null ? (long) Math.ceil((row.getTotal() - row.getProcessed()) / rate) : null,
                row.getPosition(),
                digests,
                digests.isEmpty() ? null : digests.values().stream().allMatch(ReplayView.Digest::equal),
                own,
                differences.size() - own.size(),
                started,
                finished,
                row.getFailure());
    }

    static Map<String, ReplayView.Digest> digests(ReplayRecord row) {
        return JSON.readValue(row.getDigests().data(), DIGESTS);
    }

    static List<Difference> differences(ReplayRecord row) {
        return JSON.readValue(row.getDifferences().data(), DIFFERENCES);
    }

    static List<Days> days(ReplayRecord row) {
        return JSON.readValue(row.getDays().data(), DAYS);
    }

    /** How it ended, in one word. */
    static String outcome(ReplayRecord row) {
        if (!row.getStatus().equals(ReplayJournal.SUCCEEDED)) {
            return row.getStatus();
        }
        return differences(row).isEmpty() && digests(row).values().stream().allMatch(ReplayView.Digest::equal)
                ? "equal"
                : "different";
    }

    private static @Nullable Double rate(long events, Duration elapsed) {
        return events == 0 || elapsed.toMillis() <= 0
                ? null
                : (double) Math.round(events * 1000.0 / elapsed.toMillis());
    }
}
