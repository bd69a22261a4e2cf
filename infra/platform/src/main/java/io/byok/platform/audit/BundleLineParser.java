package io.byok.platform.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads lines of exports as a stream, without a tree: an export has a line for each leaf. */
final class BundleLineParser {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String LEAF = "{\"type\":\"leaf\",\"index\":";
    private static final String HASH = ",\"hash\":\"";
    private static final String BYTES = "\",\"leaf\":\"";
    private static final String END = "\"}";
    private static final int HASH_LENGTH = 44; // 32 bytes in base64
    private static final int MOST_DIGITS = 18; // so that it is a long

    private BundleLineParser() {}

    /**
     * Reads a line.
     *
     * @param number of the line, from 1
     * @param bytes each as a character of ISO 8859-1
     * @throws Unproved when it is no line of an export
     */
    static BundleLine parse(long number, String bytes) {
        BundleLine usual = usual(number, bytes);
        return usual == null ? any(number, utf8(number, bytes)) : usual;
    }

    private static String utf8(long number, String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Unproved.unreadable("line " + number + " is not UTF-8");
        }
    }

    /**
     * Nearly every line of an export is a leaf without words, as our exports write it; absent for any other, and for one
     * that looks different. What both ways read of a line is the same.
     */
    static @Nullable BundleLine usual(long number, String text) {
        int hash = text.indexOf(HASH, LEAF.length());
        int leaf = hash + HASH.length() + HASH_LENGTH;
        if (!text.startsWith(LEAF)
                || hash < LEAF.length() + 1
                || hash > LEAF.length() + MOST_DIGITS
                || !text.startsWith(BYTES, leaf)
                || !text.endsWith(END)
                || text.length() < leaf + BYTES.length() + END.length()) {
            return null;
        }
        try {
            BundleLine line = new BundleLine(number);
            String digits = text.substring(LEAF.length(), hash);
            if (digits.startsWith("0") && digits.length() > 1 || !isNumber(digits)) {
                return null;
            }
            byte[] bytes =
                    Base64.getDecoder().decode(text.substring(leaf + BYTES.length(), text.length() - END.length()));
            byte[] stored = Base64.getDecoder()
                    .decode(text.substring(hash + HASH.length(), hash + HASH.length() + HASH_LENGTH));
            line.addLeaf(Long.parseLong(digits), bytes, stored);
            return line;
        } catch (IllegalArgumentException otherwise) {
            return null;
        }
    }

    private static boolean isNumber(String digits) {
        for (int at = 0; at < digits.length(); at++) {
            if (digits.charAt(at) < '0' || digits.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Any line. */
    static BundleLine any(long number, String text) {
        BundleLine line = new BundleLine(number);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                read(line, json);
                if (json.nextToken() == null) {
                    return line;
                }
            }
        } catch (JacksonException malformed) {
            // said below
        }
        throw Unproved.unreadable("line " + number + " is no JSON object");
    }

    private static void read(BundleLine line, JsonParser json) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            line.add(name, value(json, json.nextToken()));
        }
    }

    private static Object value(JsonParser json, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT ->
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? BundleLine.Other.VALUE
                        : json.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> BundleLine.Other.NOTHING;
            case START_ARRAY -> list(json);
            case START_OBJECT,
                    NOT_AVAILABLE,
                    END_OBJECT,
                    END_ARRAY,
                    PROPERTY_NAME,
                    VALUE_EMBEDDED_OBJECT,
                    VALUE_NUMBER_FLOAT -> {
                json.skipChildren();
                yield BundleLine.Other.VALUE;
            }
        };
    }

    private static Object list(JsonParser json) {
        List<String> all = new ArrayList<>();
        boolean texts = true;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                all.add(json.getString());
            } else {
                texts = false;
                json.skipChildren();
            }
        }
        return texts ? all : BundleLine.Other.VALUE;
    }
}
