package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests that are right but for one to three things. */
final class Nonsense {

    /**
     * One request, with the operation it was made from.
     *
     * @param documented the statuses of what its method and path name, which may be another operation or none
     */
    record Request(
            Operation operation,
            Set<Integer> documented,
            String method,
            String path,
            byte @Nullable [] body,
            String type,
            List<String> headers) {

        Answer send(Api caller) {
            return caller.with(headers.toArray(String[]::new)).send(method, path, body, body == null ? null : type);
        }

        @Override
        public String toString() {
            String shown = body == null ? "" : new String(body, UTF_8);
            return method + " " + path + " " + headers + " " + type + " "
                    + (shown.length() > 300 ? shown.substring(0, 300) + "..." : shown);
        }
    }

    private static final String[] TEXTS = {
        "",
        " ",
        "null",
        "\u0000",
        "a\u0000b",
        "\uD83D\uDD11",
        "\u202Eevil",
        "'; drop table x; --",
        "../../etc/passwd",
        "%2e%2e%2f",
        "{}",
        "[]",
        "<script>alert(1)</script>",
        "${jndi:ldap://x}",
        "#{7*7}",
        "-1",
        "1e400",
        "NaN",
        "9223372036854775808",
        "2026-13-45T99:99:99Z",
        "0000-00-00",
        "+1000000000-01-01T00:00:00Z",
        "PT-1S",
        "P9999999999D",
        "key_",
        "key_00000000000000000000000000",
        "key_ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "openai\n",
        "OPENAI",
        "\u00e9\u0301",
        "a".repeat(255),
        "a".repeat(256),
        "x".repeat(5_000),
        "production ",
        "\uFEFF"
    };
    private static final String[] LITERALS = {
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "1e309",
        "99999999999999999999999",
        "\"\"",
        "[]",
        "{}",
        "[[[[[[]]]]]]",
        "[null]",
        "{\"a\":{\"a\":{\"a\":{}}}}",
        "\"\\ud800\"",
        "01",
        "'x'",
        "NaN",
        ",",
        ""
    };
    private static final String[] METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"};
    private static final String[] TYPES = {
        "text/plain",
        "application/xml",
        "application/json; charset=utf-16",
        "application/jsonx",
        "*/*",
        "json",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded"
    };

    private final List<Operation> operations;
    private final Sample sample;
    private final String key;
    private final String secret;

    Nonsense(List<Operation> operations, Sample sample, String key, String secret) {
        this.operations = operations;
        this.sample = sample;
        this.key = key;
        this.secret = secret;
    }

    Request next(Random random) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        String path = operation.with(parameter -> random.nextInt(4) == 0
                ? TEXTS[1 + random.nextInt(TEXTS.length - 1)]
                : switch (parameter) {
                    case "userId" -> "ada";
                    case "provider" -> "openai";
                    default -> key;
                });
        path += query(operation, random);
        String method = random.nextInt(30) == 0 ? METHODS[random.nextInt(METHODS.length)] : operation.method();
        String type = random.nextInt(20) == 0 ? TYPES[random.nextInt(TYPES.length)] : "application/json";
        return new Request(
                operation,
                documented(method, operation.path()),
                method,
                path,
                body(operation, random),
                type,
                headers(random));
    }

    private Set<Integer> documented(String method, String path) {
        String described = method.equals("HEAD") ? "GET" : method;
        return operations.stream()
                .filter(operation -> operation.path().equals(path))
                .filter(operation -> operation.method().equals(described))
                .map(Operation::statuses)
                .findFirst()
                .orElse(Set.of());
    }

    private String query(Operation operation, Random random) {
        List<String> given = new ArrayList<>();
        for (String name : operation.queries()) {
            if (random.nextInt(3) == 0) {
                given.add(name + "=" + Api.encoded(TEXTS[random.nextInt(TEXTS.length)]));
            }
        }
        if (random.nextInt(15) == 0) {
            given.add("unheard-of=1");
        }
        return given.isEmpty() ? "" : "?" + String.join("&", given);
    }

    private List<String> headers(Random random) {
        List<String> headers = new ArrayList<>();
        for (String name :
                new String[] {"Idempotency-Key", "If-Match", "Byok-Min-Position", "X-Request-Id", "Accept"}) {
            if (random.nextInt(12) == 0) {
                String text = TEXTS[random.nextInt(TEXTS.length)]
                        .replaceAll("[^\\x20-\\x7e]", "?")
                        .strip();
                headers.add(name);
                headers.add(
                        name.equals("Byok-Min-Position") && !text.isEmpty() && text.matches("[0-9]{1,18}")
                                ? "x"
                                : text);
            }
        }
        return headers;
    }

    private byte @Nullable [] body(Operation operation, Random random) {
        JsonNode schema = operation.body();
        if (schema == null) {
            return random.nextInt(20) == 0 ? "{}".getBytes(UTF_8) : null;
        }
        JsonNode body = sample.of(schema);
        String text = body.toString();
        if (body instanceof ObjectNode object && random.nextInt(4) != 0) {
            for (int i = random.nextInt(2); i >= 0; i--) {
                change(object, random);
            }
            text = object.toString();
        }
        return switch (random.nextInt(14)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1)).getBytes(UTF_8);
            case 1 ->
                text.replaceFirst(":", ":" + LITERALS[random.nextInt(LITERALS.length)] + ",\"x\":")
                        .getBytes(UTF_8);
            case 2 -> (text + text).getBytes(UTF_8);
            case 3 -> "[".repeat(random.nextInt(3_000)).getBytes(UTF_8);
            case 4 -> bytes(text, random);
            case 5 ->
                text.replaceFirst("\\{\"([^\"]+)\":", "{\"$1\":\"" + secret + "\",\"$1\":")
                        .getBytes(UTF_8);
            default -> text.getBytes(UTF_8);
        };
    }

    private void change(ObjectNode object, Random random) {
        List<String> names = new ArrayList<>(object.propertyNames());
        String name = names.isEmpty() || random.nextInt(8) == 0 ? "unheardOf" : names.get(random.nextInt(names.size()));
        JsonNode inside = object.path(name);
        if (random.nextBoolean() && inside instanceof ArrayNode array && array.path(0) instanceof ObjectNode first) {
            change(first, random);
        } else if (random.nextBoolean() && inside instanceof ObjectNode nested) {
            change(nested, random);
        } else {
            switch (random.nextInt(7)) {
                case 0 -> object.remove(name);
                case 1 -> object.putNull(name);
                case 2 -> object.put(name, random.nextLong());
                case 3 -> object.putArray(name).add(TEXTS[random.nextInt(TEXTS.length)]);
                case 4 -> object.putObject(name).put("a", 1);
                case 5 -> object.put(name, random.nextBoolean());
                default -> object.put(name, TEXTS[random.nextInt(TEXTS.length)]);
            }
        }
    }

    private static byte[] bytes(String text, Random random) {
        byte[] bytes = text.getBytes(UTF_8);
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
