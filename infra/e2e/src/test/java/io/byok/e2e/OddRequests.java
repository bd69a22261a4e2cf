package io.byok.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bytes for the data plane that are right but for one to three things; the last request of a connection closes it. */
final class OddRequests {

    /**
     * What goes over one connection.
     *
     * @param whole whether it ends where its framing says, in words that a server must answer
     * @param cut whether something is missing that never comes: the caller has gone
     */
    record Odd(byte[] bytes, boolean whole, boolean cut) {

        @Override
        public String toString() {
            String text = new String(bytes, ISO_8859_1);
            return (text.length() > 500 ? text.substring(0, 500) + "... (" + text.length() + ")" : text)
                    .replace("\r\n", "\\n");
        }
    }

    private static final List<String> HEADERS = List.of(
            "X-Request-Id: " + "x".repeat(300),
            "X-Request-Id: a\tb",
            "X-Odd: " + "y".repeat(9_000),
            "X-Odd: " + "z".repeat(17_000),
            "X-Odd: \u00ff\u00fe",
            "X-\u00e9: 1",
            "No colon here",
            ": no name",
            "X-Folded: a\r\n b",
            "Expect: 100-continue",
            "Expect: the-unexpected",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAA\r\nSec-WebSocket-Version: 13",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Content-Encoding: gzip",
            "Content-Encoding: identity, br",
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-16",
            "Forwarded: for=\"[::1\";by=_x",
            "X-Forwarded-For: 999.1.2.3, , unknown",
            "Idempotency-Key: ",
            "Accept: application/xml",
            "Range: bytes=0-1",
            "Host: ",
            "Host: two",
            "Cookie: " + "c=1; ".repeat(500),
            "Authorization: Basic eDp5",
            "Authorization: Bearer",
            "Authorization: Bearer byok_live_" + "0".repeat(49),
            "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.");
    private static final List<String> PATHS = List.of(
            "/v1/resolve?dryRun=maybe",
            "/v1/resolve?dryRun=true&dryRun=false",
            "/v1/resolve?%00",
            "/v1/resolve?dryRun=%zz",
            "/v1/resolve/",
            "/v1//resolve",
            "/v1/%72esolve",
            "/v1/resolve/../keys",
            "/v1/resolve;a=b",
            "/v1/keys",
            "/",
            "*",
            "http://elsewhere/v1/resolve",
            "/v1/keys/%2e%2e/outcome",
            "/v1/keys/" + "k".repeat(101) + "/outcome",
            "/v1/keys/key_00000000000000000000000000/outcome",
            "/" + "p".repeat(5_000),
            "/livez",
            "/readyz?x");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "post", "PRI", "X".repeat(40));

    private final Random random;
    private final String user;
    private final String key;
    private final String strong;
    private final String weak;

    /** @param strong a token that may resolve @param weak one that may not */
    OddRequests(Random random, String user, String key, String strong, String weak) {
        this.random = random;
        this.user = user;
        this.key = key;
        this.strong = strong;
        this.weak = weak;
    }

    Odd next() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int pipelined = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0;
        for (int i = 0; i < pipelined; i++) {
            bytes.writeBytes(request("POST", "/v1/resolve", resolve(), List.of(bearer(strong)), false));
        }
        End end = one(bytes);
        return new Odd(bytes.toByteArray(), end == End.WHOLE, end == End.CUT);
    }

    private enum End {
        WHOLE,
        ODD,
        CUT
    }

    private End one(ByteArrayOutputStream bytes) {
        String method = "POST";
        boolean outcome = random.nextInt(4) == 0;
        String path = outcome ? "/v1/keys/" + key + "/outcome" : "/v1/resolve";
        byte[] body = outcome ? "{\"outcome\":\"rate-limited\"}".getBytes(UTF_8) : resolve();
        List<String> headers = new ArrayList<>();
        switch (random.nextInt(10)) {
            case 0 -> {} // nobody
            case 1 -> headers.add(bearer(weak));
            case 2 -> headers.addAll(List.of(bearer(strong), bearer(weak)));
            default -> headers.add(bearer(strong));
        }
        for (int oddities = 1 + random.nextInt(3); oddities > 0; oddities--) {
            switch (random.nextInt(7)) {
                case 0 -> method = METHODS.get(random.nextInt(METHODS.size()));
                case 1 -> path = PATHS.get(random.nextInt(PATHS.size()));
                case 2 -> headers.add(HEADERS.get(random.nextInt(HEADERS.size())));
                default -> body = body(body);
            }
        }
        byte[] right = request(method, path, body, headers, true);
        return switch (random.nextInt(12)) {
            case 0 -> {
                bytes.write(right, 0, random.nextInt(right.length));
                yield End.CUT;
            }
            case 1 -> {
                yield framed(bytes, method, path, body, headers);
            }
            case 2 -> {
                bytes.writeBytes(chunked(method, path, body, headers));
                yield End.ODD; // some of the chunks are none
            }
            default -> {
                bytes.writeBytes(right);
                // What a parser refuses it may refuse by closing.
                yield method.equals("POST") && headers.stream().allMatch(header -> header.startsWith("Authorization"))
                        ? End.WHOLE
                        : End.ODD;
            }
        };
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private byte[] resolve() {
        return Credentials.resolve(user, "openai").getBytes(UTF_8);
    }

    private byte[] body(byte[] right) {
        String text = new String(right, UTF_8);
        return switch (random.nextInt(12)) {
            case 0 -> new byte[0];
            case 1 -> text.substring(0, random.nextInt(text.length() + 1)).getBytes(UTF_8);
            case 2 -> ("[".repeat(20_000)).getBytes(UTF_8);
            case 3 -> ("{\"userId\":" + "{\"a\":".repeat(2_000)).getBytes(UTF_8);
            case 4 -> text.replace("{", "{\"userId\":\"other\",").getBytes(UTF_8); // a field twice
            case 5 -> text.replace("{", "{\"unknown\":1,").getBytes(UTF_8);
            case 6 -> new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'};
            case 7 -> ("\uFEFF" + text).getBytes(UTF_8);
            case 8 -> text.replace("openai", "o".repeat(70_000)).getBytes(UTF_8);
            case 9 -> text.replace("openai", "\\u0000\\ud800").getBytes(UTF_8);
            case 10 -> (text + text).getBytes(UTF_8);
            default -> {
                byte[] flipped = right.clone();
                if (flipped.length > 0) {
                    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
                }
                yield flipped;
            }
        };
    }

    private static byte[] request(String method, String path, byte[] body, List<String> headers, boolean last) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head(method, path, headers, last));
        bytes.writeBytes(("Content-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static byte[] head(String method, String path, List<String> headers, boolean last) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: byok\r\n");
        if (headers.stream().noneMatch(header -> header.startsWith("Content-Type"))) {
            head.append("Content-Type: application/json\r\n");
        }
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (last) {
            head.append("Connection: close\r\n");
        }
        return head.toString().getBytes(ISO_8859_1);
    }

    /** Lengths that lie, or that say two things. */
    private End framed(ByteArrayOutputStream bytes, String method, String path, byte[] body, List<String> headers) {
        List<String> lengths = List.of(
                "Content-Length: " + (body.length + 7),
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 0x10",
                "Content-Length: " + body.length + "\r\nContent-Length: 3",
                "Content-Length: " + body.length + "\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked");
        int which = random.nextInt(lengths.size());
        bytes.writeBytes(head(method, path, headers, true));
        bytes.writeBytes((lengths.get(which) + "\r\n\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return which == 0 ? End.CUT : End.ODD;
    }

    private byte[] chunked(String method, String path, byte[] body, List<String> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head(method, path, headers, true));
        bytes.writeBytes("Transfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
        int at = 0;
        while (at < body.length) {
            int size = Math.min(1 + random.nextInt(body.length > 1_000 ? 4_000 : 16), body.length - at);
            String line = random.nextInt(200) == 0 ? "zz" : Integer.toHexString(size);
            bytes.writeBytes((line + (random.nextInt(20) == 0 ? ";x=y" : "") + "\r\n").getBytes(ISO_8859_1));
            bytes.write(body, at, size);
            bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
            at += size;
        }
        bytes.writeBytes((random.nextInt(4) == 0 ? "0\r\nX-Trailer: t\r\n\r\n" : "0\r\n\r\n").getBytes(ISO_8859_1));
        return bytes.toByteArray();
    }
}
