package io.byok.query.replay;

import io.byok.kernel.merkle.MerkleHash;
import io.byok.platform.audit.ReplayReport;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.query.jooq.tables.records.ReplayRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of a replay that has ended what it found, in the name of the installation. */
final class SignedReports {

    private static final Logger LOG = LoggerFactory.getLogger(SignedReports.class);
    private static final int DIGITS = 16;

    private final CheckpointSigner signer;

    SignedReports(CheckpointSigner signer) {
        this.signer = signer;
    }

    /** The signed note; absent when the signing key cannot be reached, which is no reason to lose an outcome. */
    @Nullable
    String of(ReplayRecord row) {
        String text = new ReplayReport(lines(row)).text();
        try {
            byte[] installation = new MerkleHash().sha256(signer.key("byok").publicKey());
            String log = "byok.audit/" + HexFormat.of().formatHex(Arrays.copyOf(installation, DIGITS)) + "/";
            return signer.sign(ReplayReport.signer(log), text);
        } catch (KeysUnavailable away) {
            LOG.warn("the outcome of replay {} is not signed: the key is away", row.getId());
            return null;
        }
    }

    private static List<String> lines(ReplayRecord row) {
        List<String> lines = new ArrayList<>(List.of(
                "replay " + new ReplayId(row.getId()).text(),
                "projection " + row.getProjection(),
                "mode " + row.getMode(),
                "outcome " + ReplayShown.outcome(row),
                "events " + row.getTotal(),
                "position " + row.getPosition(),
                "begun " + row.getStartedAt().toInstant(),
                "ended " + row.getFinishedAt().toInstant()));
        new TreeMap<>(ReplayShown.digests(row))
                .forEach((table, both) -> lines.add("table " + table + ' ' + compared(both.live(), both.replayed())));
        ReplayShown.days(row)
                .forEach(day ->
                        lines.add("day " + day.table() + ' ' + day.day() + ' ' + compared(day.live(), day.replayed())));
        List<Difference> differences = ReplayShown.differences(row);
        differences.stream()
                .filter(one -> one.tenant().equals(row.getTenant()))
                .forEach(one -> lines.add("row " + one.table() + ' ' + one.kind() + ' ' + key(one.key())));
        long others = differences.stream()
                .filter(one -> !one.tenant().equals(row.getTenant()))
                .count();
        if (others > 0) {
            lines.add("others " + others);
        }
        if (row.getFailure() != null) {
            lines.add("failure " + row.getFailure());
        }
        return lines;
    }

    private static String compared(String live, String replayed) {
        return live.equals(replayed) ? "equal " + live : "different " + none(live) + ' ' + none(replayed);
    }

    private static String none(String digest) {
        return digest.isEmpty() ? "none" : digest;
    }

    private static String key(Map<String, String> key) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(key).forEach((name, value) -> parts.add(name + "=" + value));
        return String.join(",", parts);
    }
}
