package io.byok.kernel.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** One leaf of each kind, the same for ever: the worked examples of docs/audit.md. */
final class LeafSamples {

    static final UUID TENANT = UUID.fromString("01920000-0000-7000-8000-000000000001");
    static final UUID SUBJECT = UUID.fromString("01920000-0000-7000-8000-000000000002");
    static final UUID KEY = UUID.fromString("01920000-0000-7000-8000-000000000003");
    static final byte[] BLIND = new byte[32];
    static final Words WORDS = new Words("chat", "gpt-4o-mini", "req-1");

    private LeafSamples() {}

    static Map<String, byte[]> all() {
        byte[] sealed = new byte[32];
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = (byte) i;
            BLIND[i] = (byte) (0xff - i);
        }
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(
                "event",
                new Leaf.OfEvent(
                                TENANT,
                                41,
                                UUID.fromString("01920000-0000-7000-8000-00000000000e"),
                                SUBJECT,
                                4,
                                KEY,
                                2,
                                32,
                                1,
                                Instant.parse("2026-11-23T01:02:03.000004Z"),
                                sealed)
                        .bytes());
        all.put(
                "event without an end user",
                new Leaf.OfEvent(
                                TENANT,
                                42,
                                UUID.fromString("01920000-0000-7000-8000-00000000000f"),
                                null,
                                5,
                                UUID.fromString("01920000-0000-7000-8000-000000000010"),
                                0,
                                50,
                                1,
                                Instant.parse("2026-11-23T01:02:03.000005Z"),
                                sealed)
                        .bytes());
        all.put(
                "use",
                new Leaf.OfUse(
                                TENANT,
                                42,
                                1,
                                UUID.fromString("01920000-0000-7000-8000-000000000011"),
                                KEY,
                                3,
                                SUBJECT,
                                "openai",
                                "production",
                                "user",
                                "tok_01j80000000e008000000000012",
                                Instant.parse("2026-11-23T01:02:03.000005Z"),
                                WORDS.commitment(BLIND, new io.byok.kernel.merkle.MerkleHash()))
                        .bytes());
        return all;
    }
}
