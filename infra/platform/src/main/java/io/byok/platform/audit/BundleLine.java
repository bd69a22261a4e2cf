package io.byok.platform.audit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of an export: a JSON object whose fields are what they say, or it is no export. */
final class BundleLine {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final long number;
    private final JsonNode json;

    private BundleLine(long number, JsonNode json) {
        this.number = number;
        this.json = json;
    }

    /** @param number of the line, from 1 */
    static BundleLine parse(long number, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return new BundleLine(number, json);
            }
        } catch (JacksonException malformed) {
            // said below
        }
        throw Unproved.unreadable("line " + number + " is no JSON object");
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
        JsonNode field = json.get(name);
        if (field == null || field.isNull()) {
            return null;
        }
        if (!field.isString()) {
            throw wrong(name, "a text");
        }
        return field.stringValue();
    }

    long number(String name) {
        JsonNode field = json.get(name);
        if (field == null || !field.canConvertToLong() || !field.isIntegralNumber() || field.longValue() < 0) {
            throw wrong(name, "a number from 0");
        }
        return field.longValue();
    }

    boolean flag(String name) {
        JsonNode field = json.get(name);
        if (field == null) {
            return false;
        }
        if (!field.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return field.booleanValue();
    }

    byte[] bytes(String name) {
        return decode(name, text(name));
    }

    byte @Nullable [] optionalBytes(String name) {
        String text = optional(name);
        return text == null ? null : decode(name, text);
    }

    List<byte[]> list(String name) {
        JsonNode field = json.get(name);
        if (field == null || !field.isArray()) {
            throw wrong(name, "a list of hashes");
        }
        List<byte[]> all = new ArrayList<>();
        for (JsonNode one : field) {
            if (!one.isString()) {
                throw wrong(name, "a list of hashes");
            }
            all.add(decode(name, one.stringValue()));
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
