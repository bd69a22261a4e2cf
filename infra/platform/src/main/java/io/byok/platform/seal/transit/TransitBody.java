package io.byok.platform.seal.transit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;

/** A flat JSON object, written as bytes that can be wiped: no key becomes a String on its way out. */
final class TransitBody {

    private static final int MOST = 8 * 1024;

    private final byte[] bytes = new byte[MOST];
    private int length;

    TransitBody() {
        put(new byte[] {'{'});
    }

    TransitBody base64(String name, byte[] value) {
        byte[] encoded = Base64.getEncoder().encode(value);
        name(name);
        put(new byte[] {'"'});
        put(encoded);
        put(new byte[] {'"'});
        Arrays.fill(encoded, (byte) 0);
        return this;
    }

    /** @param value of letters that JSON need not escape */
    TransitBody word(String name, String value) {
        name(name);
        put(("\"" + value + "\"").getBytes(US_ASCII));
        return this;
    }

    TransitBody number(String name, int value) {
        name(name);
        put(Integer.toString(value).getBytes(US_ASCII));
        return this;
    }

    /** The object, owned by the caller. */
    byte[] end() {
        put(new byte[] {'}'});
        byte[] whole = Arrays.copyOf(bytes, length);
        Arrays.fill(bytes, (byte) 0);
        return whole;
    }

    private void name(String name) {
        put(((length > 1 ? "," : "") + "\"" + name + "\":").getBytes(US_ASCII));
    }

    private void put(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }
}
