package io.byok.platform.audit;

import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of an export: a JSON object of texts, whole numbers, truth values and lists of texts, each name once.
 */
final class BundleLine {

    private static final int USUAL = 8;

    /** Stands for what no line of ours has. */
    enum Other {
        VALUE,
        NOTHING
    }

    private final long number;
    private String[] names = new String[USUAL];
    private Object[] values = new Object[USUAL];
    private int count;
    private byte @Nullable [] leaf;
    private byte @Nullable [] leafHash;
    private byte @Nullable [] storedHash;
    private @Nullable Leaf parsed;
    private @Nullable String misread;

    /** @param number of the line, from 1 */
    BundleLine(long number) {
        this.number = number;
    }

    /** @throws Unproved when it is said already. @param value a text, a number, a truth value, a list of texts, or none */
    void add(String name, Object value) {
        if (find(name) != null) {
            throw Unproved.unreadable("line " + number + " says " + name + " twice");
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        names[count] = name;
        values[count] = value;
        count++;
    }

    private @Nullable Object find(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    /** A leaf that is decoded already. */
    void addLeaf(long index, byte[] bytes, byte[] hash) {
        add("type", "leaf");
        add("index", index);
        leaf = bytes;
        storedHash = hash;
    }

    /**
     * Decodes, hashes and reads the leaf, if it has one: the costly part, on whichever thread.
     *
     * @param hash of that thread
     */
    void prepare(MerkleHash hash) {
        if (leaf == null && find("leaf") instanceof String text) {
            leaf = decode("leaf", text);
        }
        byte[] bytes = leaf;
        if (bytes != null) {
            leafHash = hash.leaf(bytes);
            try {
                parsed = Leaf.parse(bytes);
            } catch (IllegalArgumentException e) {
                misread = String.valueOf(e.getMessage());
            }
        }
    }

    /** What the leaf says. @throws IllegalArgumentException when it is none that is known here */
    Leaf read() {
        if (misread != null) {
            throw new IllegalArgumentException(misread);
        }
        return parsed == null ? Leaf.parse(leaf()) : parsed;
    }

    /** The bytes of the leaf. */
    byte[] leaf() {
        return leaf == null ? bytes("leaf") : leaf;
    }

    /** The hash that the log has stored for it; absent when that is gone. */
    byte @Nullable [] storedHash() {
        return storedHash == null ? optionalBytes("hash") : storedHash;
    }

    /** The hash of its bytes. */
    byte[] leafHash(MerkleHash hash) {
        return leafHash == null ? hash.leaf(leaf()) : leafHash;
    }

    String type() {
        return text("type");
    }

    String text(String name) {
        String text = optional(name);
        if (text == null) {
            throw wrong(name, "a text");
        }
        return text;
    }

    @Nullable
    String optional(String name) {
        return switch (find(name)) {
            case null -> null;
            case Other other when other == Other.NOTHING -> null;
            case String text -> text;
            default -> throw wrong(name, "a text");
        };
    }

    long number(String name) {
        if (find(name) instanceof Long value && value >= 0) {
            return value;
        }
        throw wrong(name, "a number from 0");
    }

    boolean flag(String name) {
        return switch (find(name)) {
            case null -> false;
            case Boolean value -> value;
            default -> throw wrong(name, "true or false");
        };
    }

    byte[] bytes(String name) {
        return decode(name, text(name));
    }

    byte @Nullable [] optionalBytes(String name) {
        String text = optional(name);
        return text == null ? null : decode(name, text);
    }

    List<byte[]> list(String name) {
        if (!(find(name) instanceof List<?> texts)) {
            throw wrong(name, "a list of hashes");
        }
        List<byte[]> all = new ArrayList<>();
        for (Object one : texts) {
            all.add(decode(name, (String) one));
        }
        return all;
    }

    private byte[] decode(String name, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong(name, "base64");
        }
    }

    private Unproved wrong(String name, String kind) {
        return Unproved.unreadable("line " + number + ": " + name + " is not " + kind);
    }
}
