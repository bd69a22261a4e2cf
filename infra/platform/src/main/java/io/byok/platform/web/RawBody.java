package io.byok.platform.web;

import java.util.Arrays;

/**
 * The bytes of a request's body, read in full and within the limit before anything parsed them. They may hold secrets:
 * they are wiped when the request ends, and nothing prints them.
 */
public final class RawBody {

    /** The name of the request's attribute. */
    public static final String ATTRIBUTE = RawBody.class.getName();

    private final byte[] bytes;

    /** Takes the array over. */
    public RawBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Lent for the time of the request: do not keep, change or copy it to where it is not wiped. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "RawBody[" + bytes.length + " bytes]";
    }
}
