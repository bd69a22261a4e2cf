package io.byok.platform.seal;

import static io.byok.platform.seal.Fields.id;
import static io.byok.platform.seal.Fields.text;
import static io.byok.platform.seal.Fields.u16;
import static io.byok.platform.seal.Fields.u32;
import static io.byok.platform.seal.Fields.u64;

import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place a seal belongs to (additional authenticated data). Bytes sealed for one place open in no other: moving them
 * to another row, tenant, key, version or field breaks the seal. The fields and their order are stored formats; they
 * never change, a new meaning gets a new purpose.
 */
public final class Aad {

    /** What kind of place it is. The word is the first field, so that no place of one kind passes for another's. */
    enum Purpose {
        EVENT("event"),
        SECRET("secret"),
        WRAPPED_KEY("wrapped-key"),
        KEYRING("keyring");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    private final Purpose purpose;
    private final TenantId tenant;
    private final byte[] bytes;

    private Aad(Purpose purpose, TenantId tenant, byte[] bytes) {
        this.purpose = purpose;
        this.tenant = tenant;
        this.bytes = bytes;
    }

    /**
     * The payload of one event. The position is not part of it, for it is given after sealing.
     *
     * @param subject the end user it is about, if there is one
     * @param name the stable word of the event
     */
    public static Aad event(
            TenantId tenant,
            @Nullable SubjectId subject,
            StreamId stream,
            long sequence,
            UUID eventId,
            String name,
            int revision) {
        return new Aad(
                Purpose.EVENT,
                tenant,
                Fields.encode(
                        text(Purpose.EVENT.word),
                        id(tenant.value()),
                        id(subject == null ? null : subject.value()),
                        u16(stream.type().code()),
                        id(stream.value()),
                        u64(sequence),
                        id(eventId),
                        text(name),
                        u16(revision)));
    }

    /** One field of one version of one stored credential. */
    public static Aad secret(TenantId tenant, SubjectId subject, KeyId key, int version, String field) {
        return new Aad(
                Purpose.SECRET,
                tenant,
                Fields.encode(
                        text(Purpose.SECRET.word),
                        id(tenant.value()),
                        id(subject.value()),
                        id(key.value()),
                        u32(version),
                        text(field)));
    }

    /**
     * A wrapped key.
     *
     * @param parentVersion 0 for a root: a provider re-wraps by itself, and that must not change what it is bound to
     * @param use the word of the chain or kind of the child
     * @param owner whom the child belongs to, besides the tenant
     */
    static Aad wrappedKey(
            TenantId tenant, UUID parent, int parentVersion, UUID child, int childVersion, String use, UUID owner) {
        return new Aad(
                Purpose.WRAPPED_KEY,
                tenant,
                Fields.encode(
                        text(Purpose.WRAPPED_KEY.word),
                        id(parent),
                        u32(parentVersion),
                        id(child),
                        u32(childVersion),
                        text(use),
                        id(tenant.value()),
                        id(owner)));
    }

    /** What a protected keyring file holds, bound to the clear bytes before it. */
    static Aad keyring(byte[] head) {
        return new Aad(
                Purpose.KEYRING,
                new TenantId(new UUID(0, 0)), // the platform's: a keyring is nobody's else
                Fields.encode(text(Purpose.KEYRING.word), head));
    }

    Purpose purpose() {
        return purpose;
    }

    TenantId tenant() {
        return tenant;
    }

    /** The encoded fields; lent, never changed. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * SHA-256 of the encoded fields, a fresh array of 32 bytes. It goes inside of what a root wraps, and providers that
     * bind by themselves bind it too: it names nobody, so their logs and their operators learn nothing from it.
     */
    public byte[] hash() {
        return Primitives.lend(primitives -> primitives.sha256.digest(bytes));
    }
}
