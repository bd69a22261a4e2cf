package io.byok.command.provider;

import java.nio.ByteBuffer;

/** Lent bytes as characters, one to one (ISO 8859-1), so that a pattern can look at a secret without a copy of it. */
record VisibleBytes(ByteBuffer bytes, int start, int end) implements CharSequence {

    static VisibleBytes of(ByteBuffer bytes) {
        return new VisibleBytes(bytes, bytes.position(), bytes.limit());
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes.get(start + index) & 0xff);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new VisibleBytes(bytes, start + from, start + to);
    }

    boolean startsWith(String prefix) {
        if (prefix.length() > length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (charAt(i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Says nothing of the content: this may be a secret. */
    @Override
    public String toString() {
        return "VisibleBytes";
    }
}
