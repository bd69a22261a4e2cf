package io.byok.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Google Cloud KMS over its REST interface: symmetric keys with versions, checksums verified and given. Its token
 * endpoint gives {@link #TOKEN} to whoever comes with a signed assertion, and every call must bring it.
 */
public final class ScriptedGoogle extends ScriptedEndpoint {

    public static final String TOKEN = "ya29.scripted-token";
    public static final String KEY_RING = "projects/byok-test/locations/europe-west3/keyRings/byok";

    private static final Pattern VERSION = Pattern.compile("(.*/cryptoKeys/[^/:]+)/cryptoKeyVersions/([0-9]+)(:.*)?");
    /** A list comes in pages of so many. */
    private static final int PAGE = 1;

    private static final class Key {
        final TreeMap<Integer, byte[]> versions = new TreeMap<>();
        String algorithm = "GOOGLE_SYMMETRIC_ENCRYPTION";
    }

    private final Map<String, Key> keys = new TreeMap<>();
    private volatile boolean miscounts;

    /** With the keys of both chains, one version each. */
    public ScriptedGoogle() {
        super("application/json; charset=UTF-8");
        rotate("byok-events");
        rotate("byok-credentials");
    }

    /** As an operator does. */
    public synchronized int rotate(String key) {
        Key rotated = keys.computeIfAbsent(KEY_RING + "/cryptoKeys/" + key, _ -> new Key());
        int next = rotated.versions.isEmpty() ? 1 : rotated.versions.lastKey() + 1;
        rotated.versions.put(next, GcmBlob.freshKey());
        return next;
    }

    /** Makes the key no fit root. */
    public synchronized void spoil(String key, String algorithm) {
        Objects.requireNonNull(keys.get(KEY_RING + "/cryptoKeys/" + key)).algorithm = algorithm;
    }

    /** From now on bytes change on their way: no checksum agrees. */
    public void miscount() {
        miscounts = true;
    }

    @Override
    Reply refusal(Mood bad) {
        return switch (bad) {
            case THROTTLING -> error(429, "RESOURCE_EXHAUSTED", "Quota exceeded");
            case FAILING -> error(500, "INTERNAL", "Internal error encountered.");
            case SEALED -> error(503, "UNAVAILABLE", "The service is currently unavailable.");
            case WELL, HANGING, GARBAGE, WRONG_TOKEN -> error(403, "PERMISSION_DENIED", "Permission denied");
        };
    }

    @Override
    synchronized Reply reply(Call call) {
        if (call.path().equals("/token")) {
            return call.body().contains("assertion=ey")
                    ? Reply.ok("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}")
                    : error(400, "INVALID_ARGUMENT", "no assertion");
        }
        if (!call.header("Authorization").equals("Bearer " + TOKEN)) {
            return error(401, "UNAUTHENTICATED", "no token");
        }
        String path = call.path().substring("/v1/".length());
        Matcher version = VERSION.matcher(path);
        String name = version.matches() ? version.group(1) : path.replaceFirst("(:|/cryptoKeyVersions).*", "");
        Key key = keys.get(name);
        if (key == null) {
            return error(404, "NOT_FOUND", "CryptoKey not found");
        }
        if (path.endsWith(":encrypt")) {
            return encrypt(name, key, Integer.parseInt(version.group(2)), call);
        }
        if (path.endsWith(":decrypt")) {
            return decrypt(key, call);
        }
        if (path.endsWith(":destroy")) {
            key.versions.remove(Integer.parseInt(version.group(2)));
            return Reply.ok("{\"name\":\"" + path.replace(":destroy", "") + "\",\"state\":\"DESTROY_SCHEDULED\"}");
        }
        return call.method().equals("POST")
                ? Reply.ok(facts(name, key, rotate(name.substring(name.lastIndexOf('/') + 1))))
                : list(name, key, Optional.ofNullable(call.uri().getQuery()).orElse(""));
    }

    private Reply list(String name, Key key, String query) {
        if (!query.contains("filter=state=ENABLED")) {
            return error(400, "INVALID_ARGUMENT", "this script lists enabled versions only");
        }
        Matcher token = Pattern.compile("pageToken=([0-9]+)").matcher(query);
        int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
        List<Integer> versions = new ArrayList<>(key.versions.keySet());
        int to = Math.min(from + PAGE, versions.size());
        List<String> page = versions.subList(from, to).stream()
                .map(version -> facts(name, key, version))
                .toList();
        return Reply.ok("{\"cryptoKeyVersions\":[" + String.join(",", page) + "]"
                + (to < versions.size() ? ",\"nextPageToken\":\"" + to + "\"" : "") + "}");
    }

    private static String facts(String name, Key key, int version) {
        return "{\"name\":\"" + name + "/cryptoKeyVersions/" + version + "\",\"state\":\"ENABLED\",\"algorithm\":\""
                + key.algorithm + "\"}";
    }

    private Reply encrypt(String name, Key key, int version, Call call) {
        byte[] plain = bytes(call, "plaintext");
        byte[] bound = bytes(call, "additionalAuthenticatedData");
        byte[] secret = key.versions.get(version);
        if (secret == null) {
            return error(400, "FAILED_PRECONDITION", name + " is not enabled, current state is: DESTROY_SCHEDULED.");
        }
        byte[] blob =
                GcmBlob.seal(ByteBuffer.allocate(Integer.BYTES).putInt(version).array(), secret, bound, plain);
        return Reply.ok("{\"name\":\"" + name + "/cryptoKeyVersions/" + version + "\",\"ciphertext\":\""
                + Base64.getEncoder().encodeToString(blob) + "\",\"ciphertextCrc32c\":\"" + crc(blob)
                + "\",\"verifiedPlaintextCrc32c\":"
                + call.field("plaintextCrc32c").equals(crc(plain))
                + ",\"verifiedAdditionalAuthenticatedDataCrc32c\":"
                + call.field("additionalAuthenticatedDataCrc32c").equals(crc(bound)) + "}");
    }

    private Reply decrypt(Key key, Call call) {
        byte[] blob = bytes(call, "ciphertext");
        byte[] bound = bytes(call, "additionalAuthenticatedData");
        if (!call.field("ciphertextCrc32c").equals(crc(blob))
                || !call.field("additionalAuthenticatedDataCrc32c").equals(crc(bound))) {
            return error(400, "INVALID_ARGUMENT", "The checksum did not match the data.");
        }
        byte[] secret = blob.length < Integer.BYTES
                ? null
                : key.versions.get(ByteBuffer.wrap(blob).getInt());
        Optional<byte[]> plain = secret == null ? Optional.empty() : GcmBlob.open(Integer.BYTES, secret, bound, blob);
        return plain.map(opened -> Reply.ok("{\"plaintext\":\""
                        + Base64.getEncoder().encodeToString(opened) + "\",\"plaintextCrc32c\":\"" + crc(opened)
                        + "\",\"usedPrimary\":true}"))
                .orElseGet(() -> error(
                        400, "INVALID_ARGUMENT", "Decryption failed: verify that 'name' refers to the correct key."));
    }

    private String crc(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return Long.toString(miscounts ? sum.getValue() ^ 1 : sum.getValue());
    }

    private static byte[] bytes(Call call, String name) {
        return Base64.getDecoder()
                .decode(call.field(name).replace('-', '+').replace('_', '/')); // it takes both alphabets
    }

    private static Reply error(int status, String word, String message) {
        return new Reply(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + word + "\"}}");
    }
}
