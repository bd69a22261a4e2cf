package io.byok.platform.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.kernel.TenantId;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cursors: where a page ended, authenticated. A cursor opens for the tenant, the list and the filters it was made for and
 * for nothing else, so nobody can point one at rows of their choice. It is not secret and holds no more than ids.
 */
public final class Cursors {

    private static final byte FORMAT = 1;
    private static final int TAG = 16;
    private static final int LONGEST = 200;

    private final CursorKey key;

    public Cursors(CursorKey key) {
        this.key = key;
    }

    /** What a cursor is bound to. @param filters in a fixed order, absent ones null */
    public record Scope(TenantId tenant, String list, List<@Nullable String> filters) {}

    /** What lists things by their ids. */
    @FunctionalInterface
    public interface ById<T> {

        /** Those after an id, in the list's own order, or the first ones; no more than {@code most}. */
        List<T> after(@Nullable UUID last, int most);
    }

    /**
     * A page of a list that goes by ids.
     *
     * @param limit as the caller wrote it
     * @param cursor of the page before, absent for the first
     * @throws BadRequest when either is none
     */
    public <T> Page<T> page(
            Scope scope, @Nullable String limit, @Nullable String cursor, ById<T> list, Function<T, UUID> id) {
        int most = PageLimit.parse(limit);
        UUID last = cursor == null ? null : id(open(scope, cursor));
        return Page.of(list.after(last, most + 1), most, end -> seal(scope, bytes(id.apply(end))));
    }

    private static UUID id(ByteBuffer place) {
        if (place.remaining() != 2 * Long.BYTES) {
            throw invalid();
        }
        return new UUID(place.getLong(), place.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The cursor for the page after this place. @param place at most 64 bytes */
    public String seal(Scope scope, byte[] place) {
        byte[] tag = tag(scope, place);
        byte[] cursor = ByteBuffer.allocate(1 + place.length + TAG)
                .put(FORMAT)
                .put(place)
                .put(tag)
                .array();
        return encode(cursor);
    }

    /**
     * The place that was sealed.
     *
     * @throws BadRequest {@code cursor-invalid} for anything but a cursor of this scope
     */
    public ByteBuffer open(Scope scope, String cursor) {
        byte[] bytes = decode(cursor);
        if (bytes.length > 1 + TAG && bytes[0] == FORMAT) {
            byte[] place = Arrays.copyOfRange(bytes, 1, bytes.length - TAG);
            byte[] tag = Arrays.copyOfRange(bytes, bytes.length - TAG, bytes.length);
            if (MessageDigest.isEqual(tag, tag(scope, place))) {
                return ByteBuffer.wrap(place);
            }
        }
        throw invalid();
    }

    private static byte[] decode(String cursor) {
        if (cursor.length() > LONGEST) {
            throw invalid();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (encode(bytes).equals(cursor)) { // one cursor has one text
                return bytes;
            }
            throw invalid();
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static BadRequest invalid() {
        return new BadRequest(ProblemCode.CURSOR_INVALID, "the cursor is not one that this list gave out");
    }

    private byte[] tag(Scope scope, byte[] place) {
        return Arrays.copyOf(key.sign(scope.tenant(), content(scope, place)), TAG);
    }

    // Every part with its length, so that no two scopes read the same.
    private static byte[] content(Scope scope, byte[] place) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            write(out, scope.list());
            out.writeInt(scope.filters().size());
            for (String filter : scope.filters()) {
                write(out, filter);
            }
            out.write(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
