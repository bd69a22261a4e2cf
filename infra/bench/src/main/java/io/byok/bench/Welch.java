package io.byok.bench;

import java.util.Arrays;

/** Welch's t-test of two samples: whether their means differ by more than chance explains. */
final class Welch {

    private Welch() {}

    /** How many standard errors lie between the means; never negative. */
    static double t(double[] one, double[] other) {
        double meanOne = Arrays.stream(one).average().orElseThrow();
        double meanOther = Arrays.stream(other).average().orElseThrow();
        double error = Math.sqrt(variance(one, meanOne) / one.length + variance(other, meanOther) / other.length);
        double apart = Math.abs(meanOne - meanOther);
        return error == 0 ? (apart == 0 ? 0 : Double.POSITIVE_INFINITY) : apart / error;
    }

    private static double variance(double[] sample, double mean) {
        return Arrays.stream(sample).map(x -> (x - mean) * (x - mean)).sum() / (sample.length - 1);
    }

    /**
     * What is at most the given quantile of both together: the machine's interruptions hit either side by chance, and one
     * of them outweighs a thousand true times.
     */
    static double[][] crop(double[] one, double[] other, double quantile) {
        double[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        Arrays.sort(all);
        double most = all[(int) ((all.length - 1) * quantile)];
        return new double[][] {
            Arrays.stream(one).filter(x -> x <= most).toArray(),
            Arrays.stream(other).filter(x -> x <= most).toArray()
        };
    }
}
