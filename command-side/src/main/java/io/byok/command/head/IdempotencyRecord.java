package io.byok.command.head;

import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request with an {@code Idempotency-Key} led to: not the answer, but the place in the history from which the
 * same answer is folded again. So nothing that was answered lies around a second time.
 *
 * @param keyHash SHA-256-sized keyed hash of the header and the route
 * @param fingerprint keyed hash of the body: equal for equal requests
 * @param sequence the aggregate version that the answer shows
 * @param position where the first answer's events ended; 0 until written
 * @param answer a small answer that belongs to no aggregate, as JSON; never a secret. Asked when the record is written,
 *     because only then is it known
 */
public record IdempotencyRecord(
        TenantId tenant,
        byte[] keyHash,
        byte[] fingerprint,
        StreamId stream,
        long sequence,
        long position,
        Supplier<@Nullable String> answer) {

    /** The same record, showing this version of this stream. */
    public IdempotencyRecord showing(StreamId shown, long version) {
        return new IdempotencyRecord(tenant, keyHash, fingerprint, shown, version, position, answer);
    }

    /** The same record with a small answer. */
    public IdempotencyRecord answering(Supplier<@Nullable String> json) {
        return new IdempotencyRecord(tenant, keyHash, fingerprint, stream, sequence, position, json);
    }

    String slot() {
        return tenant.value() + HexFormat.of().formatHex(keyHash);
    }
}
