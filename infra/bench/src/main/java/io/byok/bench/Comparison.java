package io.byok.bench;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing measured on two sides. Its JSON is what {@code ./byok bench --json} writes.
 *
 * @param ours the median of our runs, in {@code unit}
 * @param theirs the median of the peer's
 * @param ratio ours divided by theirs, whichever way is better
 * @param goal the ratio to reach: at least it when higher is better, at most it when lower is; absent when none is set
 * @param limit what ours must be at least when higher is better, at most when lower is; absent when none is set
 * @param better {@code higher} or {@code lower}
 * @param runs pairs of ours and theirs, in the order in which they were measured
 * @param notes what each side does not do
 */
public record Comparison(
        String name,
        String unit,
        double ours,
        String peer,
        double theirs,
        double ratio,
        @Nullable Double goal,
        @Nullable Double limit,
        String better,
        List<List<Double>> runs,
        String machine,
        String notes) {

    /** Which way is better. */
    public enum Better {
        HIGHER,
        LOWER
    }

    /** @param runs at least one pair of ours and theirs, alternating */
    public static Comparison of(
            String name,
            String unit,
            Better better,
            String peer,
            @Nullable Double goal,
            List<List<Double>> runs,
            String notes) {
        double ours = median(runs, 0);
        double theirs = median(runs, 1);
        String way = better == Better.HIGHER ? "higher" : "lower";
        return new Comparison(
                name, unit, ours, peer, theirs, ours / theirs, goal, null, way, runs, Machine.describe(), notes);
    }

    /** Whether the goal is reached; true without one. */
    public boolean reached() {
        return goal == null || (better.equals("higher") ? ratio >= goal : ratio <= goal);
    }

    /** The same, with a limit. */
    public Comparison within(double given) {
        return new Comparison(name, unit, ours, peer, theirs, ratio, goal, given, better, runs, machine, notes);
    }

    /** Whether ours is within the limit; true without one. */
    public boolean kept() {
        return limit == null || (better.equals("higher") ? ours >= limit : ours <= limit);
    }

    /** The least and the most of a side. @param side 0 for ours, 1 for the peer's */
    public DoubleSummaryStatistics span(int side) {
        return runs.stream().mapToDouble(run -> run.get(side)).summaryStatistics();
    }

    private static double median(List<List<Double>> runs, int side) {
        return median(runs.stream().map(run -> run.get(side)).toList());
    }

    /** @param values at least one */
    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
