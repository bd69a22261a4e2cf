package io.byok.bench;

import io.byok.bench.Comparison.Better;
import io.byok.platform.audit.BundleVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/** The audit log: appending leaves, proving one of a million, and verifying an export of all of them offline. */
public final class AuditBench {

    private static final int PROOFS = 5_000;
    private static final int RUNS = 5;
    private static final double MOST_MILLIS = 5;
    private static final double MOST_SECONDS = 10;

    private AuditBench() {}

    /** @param quick a hundred thousand leaves instead of a million */
    public static List<Comparison> run(boolean quick) throws Exception {
        Path export = Files.createTempFile("byok-bench", ".ndjson");
        try (AuditBenchLog log = new AuditBenchLog()) {
            List<Comparison> all = new ArrayList<>(
                    new AuditStages(log).run(quick ? 100_000 : 1_000_000, Duration.ofSeconds(quick ? 1 : 4)));
            log.sign();
            all.add(proofs(log));
            try (OutputStream out = Files.newOutputStream(export)) {
                log.export(out);
            }
            all.addAll(verifications(log, export));
            return all;
        } finally {
            Files.delete(export);
        }
    }

    private static Comparison proofs(AuditBenchLog log) {
        Random random = new Random(1);
        long size = log.size();
        List<List<Double>> runs = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            runs.add(List.of(p99(random, size, index -> log.prove(index, size)), p99(random, size, log::readLeaf)));
        }
        return Comparison.of(
                        "audit-proof-p99",
                        "ms",
                        Better.LOWER,
                        "PostgreSQL, one leaf by its primary key",
                        null,
                        runs.subList(1, runs.size()), // the first one was the warm-up
                        size + " leaves, an inclusion proof for a random one of them")
                .within(MOST_MILLIS);
    }

    private static double p99(Random random, long size, LongConsumer work) {
        long[] times = new long[PROOFS];
        for (int i = 0; i < PROOFS; i++) {
            long index = random.nextLong(size);
            long begin = System.nanoTime();
            work.accept(index);
            times[i] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        return times[PROOFS * 99 / 100] / 1e6;
    }

    private static List<Comparison> verifications(AuditBenchLog log, Path export) throws Exception {
        List<List<Double>> warm = new ArrayList<>();
        List<List<Double>> whole = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            warm.add(List.of(seconds(() -> verify(log, export)), seconds(() -> hash(export))));
        }
        for (int run = 0; run < RUNS; run++) {
            whole.add(List.of(seconds(() -> process(log, export)), seconds(() -> hash(export))));
        }
        String notes = log.size() + " leaves, " + Files.size(export) + " bytes, in the page cache; ";
        return List.of(
                Comparison.of(
                                "audit-verify",
                                "s",
                                Better.LOWER,
                                "SHA-256 over the same bytes",
                                4.0,
                                warm.subList(1, warm.size()),
                                notes + "ours on as many threads as processors, SHA-256 on one")
                        .within(MOST_SECONDS),
                Comparison.of(
                                "audit-verify-cold",
                                "s",
                                Better.LOWER,
                                "SHA-256 over the same bytes, warm",
                                null,
                                whole,
                                notes + "ours as a command, from the start of the JVM to its end")
                        .within(MOST_SECONDS));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void verify(AuditBenchLog log, Path export) throws IOException {
        try (InputStream in = Files.newInputStream(export)) {
            if (BundleVerifier.verify(in, log.key(), null).end() != log.size()) {
                throw new IllegalStateException("not all leaves were verified");
            }
        }
    }

    /** As {@code ./byok audit verify} does it. */
    private static void process(AuditBenchLog log, Path export) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.byok.standalone.AuditVerifyMain",
                        export.toString(),
                        "--key",
                        log.key().text())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the export was not proved");
        }
    }

    private static void hash(Path file) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        byte[] _ = sha256.digest();
    }
}
