package io.byok.platform.access;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Scopes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Short-lived tokens for a browser, each bound to one end user: {@code byok_widget_<claims and seal><checksum>}. They are
 * stored nowhere. The seal is a keyed hash over all claims, so nobody without the platform's key makes or changes one;
 * the claims can express no scope beyond {@link #SCOPES}, so no bug elsewhere lets one resolve, erase or make tokens. They
 * live no longer than the token that made them: that one is looked up at every use, like any other.
 */
public final class WidgetTokens {

    /** What a widget may ever hold, in the order of their bits. */
    public static final List<String> SCOPES =
            List.of(Scopes.PROVIDERS_READ, Scopes.KEYS_READ, Scopes.KEYS_WRITE, Scopes.ANALYTICS_READ);

    private static final byte[] PREFIX = "byok_widget_".getBytes(StandardCharsets.US_ASCII);
    private static final byte FORMAT = 1;
    private static final int CLAIMS = 1 + 4 * 16 + 2 + 8;
    private static final int SEAL = 32;
    private static final int ENCODED = (CLAIMS + SEAL) * 4 / 3 + 1; // 107 bytes leave two over: no padding
    private static final int CHECKSUM = 8;
    private static final int LENGTH = PREFIX.length + ENCODED + CHECKSUM;

    private final TokenHasher seal;

    /** @param seal keyed apart from the one that hashes stored tokens */
    public WidgetTokens(TokenHasher seal) {
        this.seal = seal;
    }

    /**
     * What one says.
     *
     * @param token its own id, by which the audit trail knows it
     * @param parent the token that made it
     * @param scopes some of {@link #SCOPES}
     * @param expiresAt in whole seconds
     */
    public record Claims(
            TenantId tenant, TokenId token, TokenId parent, SubjectId user, Set<String> scopes, Instant expiresAt) {

        public Claims {
            scopes = Set.copyOf(scopes);
            if (!SCOPES.containsAll(scopes)) {
                throw new IllegalArgumentException("no scope of a widget");
            }
        }
    }

    /** ASCII bytes, the caller's own. */
    public byte[] make(Claims claims) {
        ByteBuffer body = ByteBuffer.allocate(CLAIMS + SEAL).put(FORMAT);
        put(body, claims.tenant().value());
        put(body, claims.token().value());
        put(body, claims.parent().value());
        put(body, claims.user().value());
        int bits = claims.scopes().stream()
                .mapToInt(scope -> 1 << SCOPES.indexOf(scope))
                .sum();
        body.putShort((short) bits).putLong(claims.expiresAt().getEpochSecond());
        body.put(seal.hash(Arrays.copyOf(body.array(), CLAIMS)));
        byte[] text = Arrays.copyOf(PREFIX, LENGTH);
        byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(body.array());
        System.arraycopy(encoded, 0, text, PREFIX.length, ENCODED);
        System.arraycopy(checksum(text), 0, text, LENGTH - CHECKSUM, CHECKSUM);
        return text;
    }

    /** Whether the bytes have the form and the checksum; says nothing of who made them. */
    static boolean isWellFormed(byte[] text) {
        return text.length == LENGTH
                && Arrays.equals(text, 0, PREFIX.length, PREFIX, 0, PREFIX.length)
                && Arrays.equals(text, LENGTH - CHECKSUM, LENGTH, checksum(text), 0, CHECKSUM);
    }

    /** Empty unless it was made with this seal and not changed since. Says nothing of its expiry. */
    Optional<Claims> open(byte[] text) {
        if (!isWellFormed(text)) {
            return Optional.empty();
        }
        byte[] encoded = Arrays.copyOfRange(text, PREFIX.length, LENGTH - CHECKSUM);
        byte[] body;
        try {
            body = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
        byte[] claims = Arrays.copyOf(body, CLAIMS);
        boolean genuine = body.length == CLAIMS + SEAL
                // The decoder overlooks the last bits, and one token must have one text.
                && Arrays.equals(Base64.getUrlEncoder().withoutPadding().encode(body), encoded)
                && MessageDigest.isEqual(seal.hash(claims), Arrays.copyOfRange(body, CLAIMS, CLAIMS + SEAL));
        return genuine && claims[0] == FORMAT
                ? Optional.of(read(ByteBuffer.wrap(claims, 1, CLAIMS - 1)))
                : Optional.empty();
    }

    private static Claims read(ByteBuffer from) {
        TenantId tenant = new TenantId(id(from));
        TokenId token = new TokenId(id(from));
        TokenId parent = new TokenId(id(from));
        SubjectId user = new SubjectId(id(from));
        int bits = from.getShort();
        Set<String> scopes = IntStream.range(0, SCOPES.size())
                .filter(bit -> (bits & 1 << bit) != 0)
                .mapToObj(SCOPES::get)
                .collect(Collectors.toUnmodifiableSet());
        return new Claims(tenant, token, parent, user, scopes, Instant.ofEpochSecond(from.getLong()));
    }

    private static void put(ByteBuffer to, UUID id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID id(ByteBuffer from) {
        return new UUID(from.getLong(), from.getLong());
    }

    /** CRC-32 of everything before it, as 8 hexadecimal digits: a mistyped token costs no hash. */
    private static byte[] checksum(byte[] text) {
        CRC32 crc = new CRC32();
        crc.update(text, 0, LENGTH - CHECKSUM);
        return String.format("%08x", crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    }
}
