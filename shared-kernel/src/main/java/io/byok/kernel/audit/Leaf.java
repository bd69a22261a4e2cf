package io.byok.kernel.audit;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact as the audit log holds it: one text of bytes for one fact, version 1, laid out in docs/audit.md. Holds random
 * ids, numbers and hashes; no words of a person's, not even hashed without a secret, since guesses could be tested.
 */
public sealed interface Leaf {

    /** The first byte of every leaf. */
    int VERSION = 1;

    /** Whose log it stands in. */
    UUID tenant();

    /** Where in the event log the event stands, from 1. */
    long position();

    /** The fact within the event: 0 is the event itself. */
    int item();

    /** What the leaf's hash is made over. */
    byte[] bytes();

    /**
     * An event, by what everybody may see of it, so that it can be made again when the key to the rest was destroyed.
     *
     * @param subject the random id of the end user it is about, absent when it is about none
     * @param name the event's number, of docs/events
     * @param sealed SHA-256 of the sealed bytes, 32 bytes; lent, never changed
     */
    record OfEvent(
            UUID tenant,
            long position,
            UUID eventId,
            @Nullable UUID subject,
            int streamType,
            UUID stream,
            long sequence,
            int name,
            int revision,
            Instant at,
            byte[] sealed)
            implements Leaf {

        static final int KIND = 1;

        @Override
        public int item() {
            return 0;
        }

        @Override
        public byte[] bytes() {
            return new LeafFields.Writer(VERSION, KIND)
                    .uuid(tenant)
                    .number(position)
                    .uuid(eventId)
                    .uuid(subject)
                    .number(streamType)
                    .uuid(stream)
                    .number(sequence)
                    .number(name)
                    .number(revision)
                    .time(at)
                    .bytes(sealed)
                    .done();
        }
    }

    /**
     * One use of one secret. The event that recorded it has a leaf of its own, just before the first of its uses.
     *
     * @param item from 1, in the order in which the uses were admitted
     * @param subject the random id of the end user whose key it is
     * @param source whose key served: {@code user}, {@code fallback} or {@code system}
     * @param actor the id of the token that asked
     * @param commitment to what is told of the use in words; see {@link Words}; lent, never changed
     */
    record OfUse(
            UUID tenant,
            long position,
            int item,
            UUID use,
            UUID key,
            int version,
            UUID subject,
            String provider,
            String environment,
            String source,
            String actor,
            Instant at,
            byte[] commitment)
            implements Leaf {

        static final int KIND = 2;

        @Override
        public byte[] bytes() {
            return new LeafFields.Writer(VERSION, KIND)
                    .uuid(tenant)
                    .number(position)
                    .number(item)
                    .uuid(use)
                    .uuid(key)
                    .number(version)
                    .uuid(subject)
                    .text(provider)
                    .text(environment)
                    .text(source)
                    .text(actor)
                    .time(at)
                    .bytes(commitment)
                    .done();
        }
    }

    /**
     * Reads a leaf.
     *
     * @throws IllegalArgumentException for anything but the bytes of a leaf of this version, with one line that says why
     */
    static Leaf parse(byte[] bytes) {
        if (bytes.length < 2) {
            throw new IllegalArgumentException("a leaf has more than one byte");
        }
        if (bytes[0] != VERSION) {
            throw new IllegalArgumentException("a leaf of version " + bytes[0] + " is not known here");
        }
        LeafFields.Reader in = new LeafFields.Reader(ByteBuffer.wrap(bytes, 2, bytes.length - 2));
        Leaf leaf = switch (bytes[1]) {
            case OfEvent.KIND ->
                new OfEvent(
                        in.uuid(),
                        in.number(),
                        in.uuid(),
                        in.optionalUuid(),
                        in.small(),
                        in.uuid(),
                        in.number(),
                        in.small(),
                        in.small(),
                        in.time(),
                        in.bytes(32));
            case OfUse.KIND ->
                new OfUse(
                        in.uuid(),
                        in.number(),
                        in.small(),
                        in.uuid(),
                        in.uuid(),
                        in.small(),
                        in.uuid(),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.time(),
                        in.bytes(32));
            default -> throw new IllegalArgumentException("a leaf of kind " + bytes[1] + " is not known here");
        };
        in.end();
        return leaf;
    }
}
