package io.byok.bench;

import io.byok.bench.Comparison.Better;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.access.BenchWidgets;
import io.byok.platform.access.TokenHash;
import io.byok.platform.access.TokenHasher;
import io.byok.platform.access.WidgetTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Whether time tells how much of a credential was guessed: the same comparison for a guess that is wrong at its first byte and
 * one that is wrong at its last, in random order, a hundred thousand times each, by Welch's t-test. Beside it a loop that
 * stops at the first difference, without which a test that finds nothing proves nothing.
 */
public final class TimingBench {

    /** Beyond it a difference is taken for real (as dudect does); by chance once in 150,000 tests. */
    private static final double LIMIT = 4.5;

    private static final double QUANTILE = 0.95;
    private static final int BATCH = 32;
    private static final int BYTES = 32;
    private static final String NOTES =
            "|t| of Welch's test, %d samples a side, each the time of %d comparisons; the slowest 5 %% of"
                    + " both together are left out. A figure above 4.5 is a difference";

    private final Random random = new Random(20_261_123L);
    private final byte[] secret = new byte[BYTES];
    private final int samples;
    private long matches;

    private TimingBench(int samples) {
        this.samples = samples;
        random.nextBytes(secret);
    }

    /** @param quick one round of a tenth of the samples, instead of five */
    public static List<Comparison> run(boolean quick) {
        TimingBench bench = new TimingBench(quick ? 10_000 : 100_000);
        List<List<Double>> hashes = new ArrayList<>();
        List<List<Double>> loops = new ArrayList<>();
        List<List<Double>> widgets = new ArrayList<>();
        for (int round = -1; round < (quick ? 1 : 5); round++) {
            double hash = bench.ofHashes();
            double loop = bench.ofLoop();
            double widget = bench.ofWidgets();
            if (round >= 0) { // the first is warm-up
                hashes.add(List.of(hash, LIMIT));
                loops.add(List.of(hash, loop));
                widgets.add(List.of(widget, LIMIT));
            }
        }
        if (bench.matches != 0) {
            throw new IllegalStateException("a wrong guess was right");
        }
        String notes = NOTES.formatted(bench.samples, BATCH);
        return List.of(
                Comparison.of("timing-token", "|t|", Better.LOWER, "the limit of chance", 1.0, hashes, notes),
                Comparison.of("timing-token", "|t|", Better.LOWER, "stops at the first byte", null, loops, notes),
                Comparison.of("timing-widget", "|t|", Better.LOWER, "the limit of chance", 1.0, widgets, notes));
    }

    private double ofHashes() {
        TokenHash known = new TokenHash(secret.clone());
        return measure(wrong -> new TokenHash(guess(wrong)), known::equals);
    }

    private double ofLoop() {
        return measure(this::guess, this::sameUpToTheFirstDifference);
    }

    /** Whole tokens, as a browser sends them: form, checksum, seal. */
    private double ofWidgets() {
        TokenHasher genuine = claims -> secret.clone();
        WidgetTokens real = new WidgetTokens(genuine);
        WidgetTokens.Claims claims = new WidgetTokens.Claims(
                new TenantId(id()),
                new TokenId(id()),
                new TokenId(id()),
                new SubjectId(id()),
                Set.copyOf(WidgetTokens.SCOPES),
                Instant.ofEpochSecond(2_000_000_000));
        return measure(
                wrong -> new WidgetTokens(ignored -> guess(wrong)).make(claims),
                token -> BenchWidgets.opens(real, token));
    }

    private interface Guesses<G> {
        G of(int wrongByte);
    }

    private <G> double measure(Guesses<G> guesses, Predicate<G> matches) {
        double[][] times = new double[2][samples];
        int[] taken = new int[2];
        List<G> batch = new ArrayList<>(BATCH);
        while (taken[0] < samples || taken[1] < samples) {
            int side = taken[0] == samples ? 1 : taken[1] == samples ? 0 : random.nextInt(2);
            batch.clear();
            for (int i = 0; i < BATCH; i++) { // objects of their own, or the JVM would compare once
                batch.add(guesses.of(side == 0 ? 0 : BYTES - 1));
            }
            int right = 0;
            long begun = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                right += matches.test(batch.get(i)) ? 1 : 0;
            }
            times[side][taken[side]++] = System.nanoTime() - begun;
            this.matches += right;
        }
        double[][] cropped = Welch.crop(times[0], times[1], QUANTILE);
        return Welch.t(cropped[0], cropped[1]);
    }

    /** The secret but for one byte. */
    private byte[] guess(int wrongByte) {
        byte[] guess = secret.clone();
        guess[wrongByte] ^= 1;
        return guess;
    }

    private boolean sameUpToTheFirstDifference(byte[] guess) {
        for (int i = 0; i < BYTES; i++) {
            if (guess[i] != secret[i]) {
                return false;
            }
        }
        return true;
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
