package io.byok.command.http;

import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.head.IdempotencyRecords.AlreadyAnswered;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.IdempotencyKey;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RawBody;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/**
 * Carries a request out once per {@code Idempotency-Key}, tenant and route, however often and however concurrently it is
 * repeated within a day. What it led to is remembered in the command's own transaction.
 */
public final class Once {

    private static final StreamId NOWHERE = new StreamId(StreamType.TENANT, new UUID(0, 0));

    private final IdempotencyRecords records;
    private final LookupHash hash;

    public Once(IdempotencyRecords records, LookupHash hash) {
        this.records = records;
        this.hash = hash;
    }

    /**
     * Runs or repeats.
     *
     * @param first carries the command out and writes the given record, where there is one, with it
     * @param again gives the first answer again from what was remembered
     */
    public ResponseEntity<Object> run(
            Caller caller,
            HttpServletRequest request,
            Function<Optional<IdempotencyRecord>, CommandAnswer> first,
            Function<IdempotencyRecord, CommandAnswer> again) {
        Optional<IdempotencyKey> key = key(request);
        if (key.isEmpty()) {
            return first.apply(Optional.empty()).entity();
        }
        IdempotencyRecord record = record(caller.tenant(), request, key.get());
        Optional<IdempotencyRecord> known = records.find(record.tenant(), record.keyHash());
        if (known.isEmpty()) {
            try {
                return first.apply(Optional.of(record)).entity();
            } catch (AlreadyAnswered repeated) {
                known = records.find(record.tenant(), record.keyHash());
            }
        }
        IdempotencyRecord remembered = known.orElseThrow(() -> new IllegalStateException("an answer was forgotten"));
        if (!MessageDigest.isEqual(remembered.fingerprint(), record.fingerprint())) {
            throw Rejection.of(OnceRefusal.REUSED);
        }
        return again.apply(remembered).entity(true);
    }

    private static Optional<IdempotencyKey> key(HttpServletRequest request) {
        List<String> sent = Collections.list(request.getHeaders(HeaderNames.IDEMPOTENCY_KEY));
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        Optional<IdempotencyKey> key = sent.size() > 1 ? Optional.empty() : IdempotencyKey.parse(sent.getFirst());
        if (key.isEmpty()) {
            throw new BadRequest(
                    ProblemCode.IDEMPOTENCY_KEY_INVALID, "Send it once, with 1 to 255 printable ASCII characters.");
        }
        return key;
    }

    private static byte[] body(HttpServletRequest request) {
        return request.getAttribute(RawBody.ATTRIBUTE) instanceof RawBody body ? body.bytes() : new byte[0];
    }

    private IdempotencyRecord record(TenantId tenant, HttpServletRequest request, IdempotencyKey key) {
        String route = request.getMethod() + " " + request.getRequestURI() + "\n";
        byte[] keyHash = hash.hash(tenant, "idempotency-key", (route + key.text()).getBytes(StandardCharsets.UTF_8));
        // Keyed, because the body may hold a credential: a plain hash of it could be tried out.
        byte[] fingerprint = hash.hash(tenant, "idempotency-body", body(request));
        return new IdempotencyRecord(tenant, keyHash, fingerprint, NOWHERE, 0, 0, () -> null);
    }
}
