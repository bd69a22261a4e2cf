package io.byok.bench;

import io.byok.bench.Comparison.Better;
import io.byok.bench.LoadProcess.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Resolve over HTTP: the data plane as it is; the same without the ledger; what people write by hand; and nginx with a
 * constant. In turns, by a load generator in another process. At the end every use that was answered is looked for in
 * the log.
 */
public final class ResolveBench {

    private static final int[] CALLERS = {1, 32, 256};
    private static final String SQL = "sql-per-request";
    private static final String BARE = "the same listener without the ledger";
    private static final String NGINX = "nginx with a constant";
    private static final String NOTES = "one connection per caller, plain HTTP on loopback; load generator, server and"
            + " database share the machine. ours: policy, sealed segment of uses, fsync before the answer. %s: SELECT,"
            + " AES-GCM, INSERT, commit per request, pool of 32, virtual threads, no policy; %s: nothing is recorded; %s:"
            + " nothing is done";

    private final Map<String, Integer> sides = new LinkedHashMap<>();
    private final Map<String, List<List<Double>>> runs = new TreeMap<>();
    private final LoadProcess load;

    private ResolveBench(LoadProcess load) {
        this.load = load;
    }

    /** @param quick two runs of two seconds each instead of five of four */
    public static List<Comparison> run(boolean quick) throws Exception {
        return run(quick ? Pace.QUICK : Pace.WHOLE);
    }

    /** @throws IllegalStateException when a use that was answered is not on record */
    static List<Comparison> run(Pace pace) throws Exception {
        try (ResolveSides servers = ResolveSides.start(pace.users());
                LoadProcess load = new LoadProcess(servers.requests())) {
            ResolveBench bench = new ResolveBench(load);
            bench.sides.putAll(servers.ports());
            long acknowledged = bench.measure(pace);
            long recorded = servers.usesRecorded();
            if (recorded < acknowledged) {
                throw new IllegalStateException(acknowledged + " uses answered, " + recorded + " on record");
            }
            return bench.comparisons(recorded, acknowledged);
        }
    }

    /** Returns how many answers ours gave. */
    private long measure(Pace pace) throws Exception {
        long ours = 0;
        for (String side : sides.keySet()) {
            for (int callers : new int[] {256, 1}) {
                Measured warm = load(side, callers, callers == 1 ? pace.warmAlone() : pace.warm());
                ours += side.equals("ours") ? warm.done() : 0;
            }
        }
        for (int run = 0; run < pace.runs(); run++) {
            for (int callers : CALLERS) {
                Map<String, Measured> round = new LinkedHashMap<>();
                for (String side : sides.keySet()) {
                    round.put(side, load(side, callers, pace.length()));
                }
                Measured mine = Objects.requireNonNull(round.remove("ours"));
                ours += mine.done();
                round.forEach((peer, theirs) -> note(callers, peer, mine, theirs));
            }
        }
        return ours;
    }

    private void note(int callers, String peer, Measured ours, Measured theirs) {
        add("resolve-" + callers + " " + peer, ours.perSecond(), theirs.perSecond());
        if (callers == 1 && peer.equals(SQL)) {
            add("resolve-1-p50 " + peer, ours.p50(), theirs.p50());
        }
        if (callers == 32 && peer.equals(SQL)) {
            add("resolve-32-p99 10 ms", ours.p99(), 10);
            add("resolve-32-p99 " + peer, ours.p99(), theirs.p99());
        }
    }

    private void add(String name, double ours, double theirs) {
        runs.computeIfAbsent(name, n -> new ArrayList<>()).add(List.of(ours, theirs));
    }

    private Measured load(String side, int callers, Duration length) throws IOException {
        return load.run(Objects.requireNonNull(sides.get(side)), callers, length);
    }

    private List<Comparison> comparisons(long recorded, long acknowledged) {
        String notes = NOTES.formatted(SQL, BARE, NGINX) + "; " + acknowledged + " uses answered, " + recorded
                + " on record; load average " + loadAverage();
        List<Comparison> comparisons = new ArrayList<>();
        runs.forEach((name, pairs) -> {
            String what = name.substring(0, name.indexOf(' '));
            String peer = name.substring(name.indexOf(' ') + 1);
            boolean latency = what.contains("-p");
            comparisons.add(Comparison.of(
                    what,
                    latency ? "ms" : "requests/s",
                    latency ? Better.LOWER : Better.HIGHER,
                    peer,
                    goal(what, peer),
                    pairs,
                    notes));
        });
        if (!sides.containsKey(NGINX)) {
            System.err.println("resolve: nginx is not installed here; its line is left out");
        }
        return comparisons;
    }

    private static @Nullable Double goal(String what, String peer) {
        if (what.equals("resolve-256")) {
            return peer.equals(SQL) ? Double.valueOf(10.0) : peer.equals(BARE) ? Double.valueOf(0.5) : null;
        }
        return what.equals("resolve-1-p50") || peer.equals("10 ms") ? 1.0 : null;
    }

    static String sql() {
        return SQL;
    }

    static String bare() {
        return BARE;
    }

    static String nginx() {
        return NGINX;
    }

    private static String loadAverage() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).strip();
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
