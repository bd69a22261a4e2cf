package io.byok.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS KMS: symmetric keys behind aliases, over its JSON protocol. Demands a version 4 signature by {@link #ACCESS_KEY} for
 * its service and region (which it does not recompute: it has only the name of the key).
 */
public final class ScriptedAws extends ScriptedEndpoint {

    public static final String ACCESS_KEY = "AKIASCRIPTEDSCRIPTED";
    public static final String REGION = "eu-central-1";
    private static final String ARN = "arn:aws:kms:" + REGION + ":111122223333:";
    private static final Pattern SIGNATURE = Pattern.compile("AWS4-HMAC-SHA256 Credential=" + ACCESS_KEY + "/[0-9]{8}/"
            + REGION + "/kms/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}");
    /** A list comes in pages of so many. */
    private static final int PAGE = 2;

    private static final class Key {
        final byte[] bytes = GcmBlob.freshKey();
        String state = "Enabled";
        String spec = "SYMMETRIC_DEFAULT";
    }

    private final Map<String, Key> keys = new TreeMap<>();
    private final Map<String, String> aliases = new TreeMap<>();

    /** With the keys of both chains, one version each. */
    public ScriptedAws() {
        super("application/x-amz-json-1.1");
        alias("alias/aws/ebs");
        alias("alias/byok-credentials-1");
        alias("alias/byok-events-1");
        alias("alias/byok-events-old");
    }

    /** As an operator does. */
    public synchronized void alias(String name) {
        aliases.put(name, newKey());
    }

    /** Makes the key no fit root. */
    public synchronized void spoil(String alias, String spec) {
        Objects.requireNonNull(keys.get(aliases.get(alias)), alias).spec = spec;
    }

    private String newKey() {
        String id = UUID.randomUUID().toString();
        keys.put(id, new Key());
        return id;
    }

    @Override
    Reply refusal(Mood bad) {
        return switch (bad) {
            case THROTTLING -> error("ThrottlingException", "Rate exceeded");
            case FAILING -> new Reply(500, "{\"__type\":\"KMSInternalException\",\"message\":\"internal\"}");
            case SEALED -> new Reply(503, "{\"__type\":\"DependencyTimeoutException\",\"message\":\"later\"}");
            case WELL, HANGING, GARBAGE, WRONG_TOKEN ->
                error("AccessDeniedException", "User is not authorized to perform this");
        };
    }

    @Override
    synchronized Reply reply(Call call) {
        if (!SIGNATURE.matcher(call.header("Authorization")).matches()) {
            return error("IncompleteSignatureException", "the signature is missing or another's");
        }
        return switch (call.header("X-Amz-Target")) {
            case "TrentService.ListAliases" -> list(call.field("Marker"));
            case "TrentService.DescribeKey" -> usable(call.field("KeyId"), false, this::metadata);
            case "TrentService.Encrypt" ->
                usable(
                        call.field("KeyId"),
                        true,
                        id -> sealed(id, context(call, "EncryptionContext"), call.field("Plaintext")));
            case "TrentService.Decrypt" ->
                usable(
                        call.field("KeyId"),
                        true,
                        id -> opened(
                                id,
                                context(call, "EncryptionContext"),
                                call,
                                plain -> Reply.ok("{\"KeyId\":\"" + arn(id) + "\",\"Plaintext\":\"" + base64(plain)
                                        + "\",\"EncryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"}")));
            case "TrentService.ReEncrypt" ->
                usable(
                        call.field("SourceKeyId"),
                        true,
                        from -> usable(
                                call.field("DestinationKeyId"),
                                true,
                                to -> opened(
                                        from,
                                        context(call, "SourceEncryptionContext"),
                                        call,
                                        plain -> sealed(
                                                to, context(call, "DestinationEncryptionContext"), base64(plain)))));
            case "TrentService.CreateKey" -> metadata(newKey());
            case "TrentService.CreateAlias" -> {
                String name = call.field("AliasName");
                yield aliases.putIfAbsent(name, id(call.field("TargetKeyId"))) == null
                        ? Reply.ok("")
                        : error("AlreadyExistsException", name);
            }
            case "TrentService.ScheduleKeyDeletion" ->
                usable(call.field("KeyId"), false, id -> {
                    Objects.requireNonNull(keys.get(id)).state = "PendingDeletion";
                    return Reply.ok("{\"KeyId\":\"" + arn(id) + "\",\"KeyState\":\"PendingDeletion\"}");
                });
            default -> error("UnknownOperationException", "");
        };
    }

    private Reply list(String marker) {
        List<String> names = new ArrayList<>(aliases.keySet());
        int from = marker.isEmpty() ? 0 : Integer.parseInt(marker);
        int to = Math.min(from + PAGE, names.size());
        List<String> page = names.subList(from, to).stream()
                .map(name -> "{\"AliasName\":\"" + name + "\",\"AliasArn\":\"" + ARN + name + "\",\"TargetKeyId\":\""
                        + aliases.get(name) + "\"}")
                .toList();
        boolean more = to < names.size();
        return Reply.ok("{\"Aliases\":[" + String.join(",", page) + "],\"Truncated\":" + more
                + (more ? ",\"NextMarker\":\"" + to + "\"" : "") + "}");
    }

    private Reply metadata(String id) {
        Key key = Objects.requireNonNull(keys.get(id));
        return Reply.ok("{\"KeyMetadata\":{\"KeyId\":\"" + id + "\",\"Arn\":\"" + arn(id) + "\",\"KeyState\":\""
                + key.state + "\",\"KeySpec\":\"" + key.spec + "\",\"KeyUsage\":\"ENCRYPT_DECRYPT\"}}");
    }

    private Reply usable(String name, boolean enabled, Function<String, Reply> next) {
        String id = id(name);
        Key key = keys.get(id);
        if (key == null) {
            return error("NotFoundException", "Invalid keyId");
        }
        return enabled && !key.state.equals("Enabled")
                ? error("KMSInvalidStateException", arn(id) + " is pending deletion.")
                : next.apply(id);
    }

    private Reply sealed(String id, byte[] context, String plaintext) {
        byte[] blob = GcmBlob.seal(
                id.getBytes(US_ASCII), key(id), context, Base64.getDecoder().decode(plaintext));
        return Reply.ok("{\"KeyId\":\"" + arn(id) + "\",\"CiphertextBlob\":\"" + base64(blob) + "\"}");
    }

    private Reply opened(String id, byte[] context, Call call, Function<byte[], Reply> next) {
        byte[] blob = Base64.getDecoder().decode(call.field("CiphertextBlob"));
        String named = new String(Arrays.copyOf(blob, id.length()), US_ASCII);
        if (!named.equals(id) && keys.containsKey(named)) {
            return error("IncorrectKeyException", "");
        }
        Optional<byte[]> plain =
                named.equals(id) ? GcmBlob.open(id.length(), key(id), context, blob) : Optional.empty();
        return plain.map(next).orElseGet(() -> error("InvalidCiphertextException", ""));
    }

    private byte[] key(String id) {
        return Objects.requireNonNull(keys.get(id)).bytes;
    }

    private String id(String name) {
        String last = name.substring(name.lastIndexOf(':') + 1).replaceFirst("^key/", "");
        return aliases.getOrDefault(last, last);
    }

    private static String arn(String id) {
        return ARN + "key/" + id;
    }

    private static byte[] context(Call call, String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\{[^}]*})").matcher(call.body());
        return found.find() ? found.group(1).getBytes(UTF_8) : new byte[0];
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Reply error(String type, String message) {
        return new Reply(400, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
    }
}
