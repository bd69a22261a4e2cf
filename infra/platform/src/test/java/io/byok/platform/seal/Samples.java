package io.byok.platform.seal;

import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.UUID;

/** Fixed values that tests share. */
final class Samples {

    static final TenantId TENANT = new TenantId(new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L));
    static final SubjectId SUBJECT = new SubjectId(new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0002L));
    static final KeyId KEY = new KeyId(new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0003L));
    static final UUID EVENT = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0004L);
    static final UUID DATA_KEY = new UUID(0x0192_0000_0000_4000L, 0x8000_0000_0000_0005L);

    private Samples() {}

    static StreamId stream() {
        return StreamId.of(KEY);
    }

    static Aad event() {
        return Aad.event(TENANT, SUBJECT, stream(), 7, EVENT, "key-added", 1);
    }

    static Aad secret() {
        return Aad.secret(TENANT, SUBJECT, KEY, 3, "apiKey");
    }

    static Aad wrappedKey() {
        return Aad.wrappedKey(TENANT, EVENT, 2, DATA_KEY, 1, "subject", SUBJECT.value());
    }

    /** The bytes first, first + 1, ... */
    static byte[] counting(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    static SealingKey key() {
        return SealingKey.owning(DATA_KEY, 2, counting(0x40, 32));
    }
}
