package io.byok.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.bench.Comparison.Better;
import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.UseId;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.audit.BundleVerifier;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.query.feed.Batch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/** The audit log: appending leaves, proving one of a million, and verifying an export of all of them offline. */
public final class AuditBench {

    private static final int EVENTS = 500;
    private static final int USES = 9;
    private static final int PROOFS = 5_000;

    private AuditBench() {}

    /** @param quick a hundred thousand leaves instead of a million */
    public static List<Comparison> run(boolean quick) throws Exception {
        long leaves = quick ? 100_000 : 1_000_000;
        Path export = Files.createTempFile("byok-bench", ".ndjson");
        try (AuditBenchLog log = new AuditBenchLog()) {
            List<List<Double>> append = append(log, leaves);
            List<List<Double>> proof = new ArrayList<>();
            log.sign();
            Random random = new Random(1);
            long size = log.size();
            for (int run = 0; run < 3; run++) {
                proof.add(
                        List.of(p99(random, size, index -> log.prove(index, size)), p99(random, size, log::readLeaf)));
            }
            try (OutputStream out = Files.newOutputStream(export)) {
                log.export(out);
            }
            return List.of(
                    Comparison.of(
                            "audit-append",
                            "leaves/s",
                            Better.HIGHER,
                            "PostgreSQL, the same leaf rows without a tree",
                            null,
                            append,
                            "batches of " + EVENTS + " events with " + USES
                                    + " uses each, one tenant; ours also makes the" + " leaves and keeps two trees"),
                    Comparison.of(
                            "audit-proof-p99",
                            "ms",
                            Better.LOWER,
                            "PostgreSQL, one leaf by its primary key",
                            null,
                            proof,
                            size + " leaves, an inclusion proof for a random one; the goal is below 5 ms"),
                    Comparison.of(
                            "audit-verify",
                            "s",
                            Better.LOWER,
                            "SHA-256 over the same bytes",
                            4.0,
                            verify(log, export),
                            size + " leaves, " + Files.size(export) + " bytes; the goal is also below 10 s"));
        } finally {
            Files.delete(export);
        }
    }

    private static List<List<Double>> append(AuditBenchLog log, long leaves) {
        List<List<Double>> runs = new ArrayList<>();
        long position = 0;
        int part = 5;
        for (int run = 0; run < part; run++) {
            double ours = 0;
            double theirs = 0;
            long done = 0;
            while (done < leaves / part) {
                Batch batch = batch(position);
                position += EVENTS;
                long begin = System.nanoTime();
                log.append(batch);
                long middle = System.nanoTime();
                log.copy(position);
                theirs += System.nanoTime() - middle;
                ours += middle - begin;
                done += EVENTS * (USES + 1);
            }
            runs.add(List.of(done / ours * 1e9, done / theirs * 1e9));
        }
        return runs;
    }

    private static Batch batch(long position) {
        List<Batch.Entry> entries = new ArrayList<>();
        for (int i = 1; i <= EVENTS; i++) {
            entries.add(new Batch.Entry(position + i, event()));
        }
        return new Batch(entries);
    }

    private static Opened event() {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < USES; i++) {
            uses.add(new Use(
                    new UseId(UuidCreator.getTimeOrderedEpoch()),
                    new KeyId(UuidCreator.getTimeOrderedEpoch()),
                    1,
                    new SubjectId(UuidCreator.getTimeOrderedEpoch()),
                    "openai",
                    "production",
                    "user",
                    "chat",
                    "gpt-4o-mini",
                    "tok_01j80000000e008000000000012",
                    "req-1",
                    at));
        }
        SealedEvent sealed = new SealedEvent(
                UuidCreator.getTimeOrderedEpoch(),
                AuditBenchLog.TENANT,
                null,
                new StreamId(StreamType.USE, UuidCreator.getTimeOrderedEpoch()),
                0,
                EventNames.of(UsesRecorded.class),
                at,
                new byte[2_000]);
        return new Opened.Clear(
                sealed,
                new Envelope(
                        sealed.eventId(),
                        sealed.tenant(),
                        null,
                        sealed.stream(),
                        0,
                        new UsesRecorded(uses, at),
                        Provenance.system("bench")));
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

    private static List<List<Double>> verify(AuditBenchLog log, Path export) throws Exception {
        List<List<Double>> runs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            long begin = System.nanoTime();
            try (BufferedReader reader = Files.newBufferedReader(export)) {
                BundleVerifier.verify(reader, log.key(), null);
            }
            double ours = (System.nanoTime() - begin) / 1e9;
            begin = System.nanoTime();
            hash(export);
            runs.add(List.of(ours, (System.nanoTime() - begin) / 1e9));
        }
        return runs;
    }

    private static void hash(Path file) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
            read(in, sha256);
        }
        sha256.digest();
    }

    private static void read(InputStream in, MessageDigest sha256) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            sha256.update(buffer, 0, count);
        }
    }
}
