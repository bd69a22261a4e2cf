package io.byok.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * Azure Key Vault over its REST interface: RSA keys that wrap with RSA-OAEP-256 and sign with PS256. The managed identity's
 * token endpoint is {@code /token}; every call must bring its token.
 */
public final class ScriptedAzure extends ScriptedEndpoint {

    public static final String TOKEN = "eyJ0.scripted-token";
    public static final String IDENTITY_HEADER = "scripted-identity";

    private static final Pattern KEY =
            Pattern.compile("/keys/([^/]+)(?:/([0-9a-f]{32}|versions|create))?(?:/([a-z]+))?/?");
    /** RSA keys are slow to make, so all instances have the same. */
    private static final List<KeyPair> PAIRS =
            Stream.generate(ScriptedAzure::pair).limit(6).toList();

    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private record Version(String id, KeyPair pair, String operations, int created) {}

    private final Map<String, List<Version>> keys = new TreeMap<>();
    private int made;

    /** With the keys of both chains, one version each. */
    public ScriptedAzure() {
        this(0);
    }

    /** At a port that is known before. */
    public ScriptedAzure(int port) {
        super("application/json; charset=utf-8", port);
        create("byok-events-1");
        create("byok-credentials-1");
        create("byok-eventslog");
    }

    /** As an operator does: a key, or one more version inside of a key. */
    public void create(String name) {
        create(name, "wrapKey\",\"unwrapKey\",\"sign\",\"verify");
    }

    /** As an operator does who overlooks something. */
    public synchronized void create(String name, String operations) {
        KeyPair pair = PAIRS.get(made % PAIRS.size());
        keys.computeIfAbsent(name, _ -> new ArrayList<>())
                .add(new Version(
                        UUID.randomUUID().toString().replace("-", ""), pair, operations, 1_700_000_000 + made++));
    }

    /** Takes a key away. */
    public synchronized void remove(String name) {
        keys.remove(name);
    }

    @Override
    Reply refusal(Mood bad) {
        return switch (bad) {
            case THROTTLING -> error(429, "Throttled");
            case FAILING -> error(500, "InternalServerError");
            case SEALED -> error(503, "ServiceUnavailable");
            case WELL, HANGING, GARBAGE, WRONG_TOKEN -> error(403, "Forbidden");
        };
    }

    @Override
    synchronized Reply reply(Call call) {
        if (isTokenPath(call.path())) {
            return IDENTITY_HEADER.equals(call.header("X-IDENTITY-HEADER"))
                            && call.uri().getQuery().contains("resource=https://vault.azure.net")
                    ? Reply.ok("{\"access_token\":\"" + TOKEN + "\",\"expires_on\":\"4102444800\",\"resource\":"
                            + "\"https://vault.azure.net\",\"token_type\":\"Bearer\",\"client_id\":\"1\"}")
                    : error(400, "BadRequest");
        }
        if (!call.header("Authorization").equals("Bearer " + TOKEN)) {
            return error(401, "Unauthorized");
        }
        if (call.path().equals("/keys")) {
            return list(keys.keySet().stream()
                    .map(name -> item(
                            name, "", Objects.requireNonNull(keys.get(name)).getLast()))
                    .toList());
        }
        Matcher path = KEY.matcher(call.path());
        if (!path.matches()) {
            return error(404, "KeyNotFound");
        }
        String name = path.group(1);
        if ("create".equals(path.group(2))) {
            create(name);
        }
        List<Version> versions = keys.getOrDefault(name, List.of());
        if (versions.isEmpty()) {
            return error(404, "KeyNotFound");
        }
        if (call.method().equals("DELETE")) {
            keys.remove(name);
            return Reply.ok(bundle(name, versions.getLast()));
        }
        if ("versions".equals(path.group(2))) {
            return list(versions.stream()
                    .map(version -> item(name, "/" + version.id, version))
                    .toList());
        }
        Version version = versions.stream()
                .filter(one -> one.id.equals(path.group(2)))
                .findFirst()
                .orElse(versions.getLast());
        return path.group(3) == null ? Reply.ok(bundle(name, version)) : operate(name, version, path.group(3), call);
    }

    private Reply operate(String name, Version version, String operation, Call call) {
        if (!version.operations.toLowerCase(java.util.Locale.ROOT).contains(operation)) {
            return error(403, "Forbidden");
        }
        byte[] value = Base64.getUrlDecoder().decode(call.field("value"));
        try {
            return switch (operation + " " + call.field("alg")) {
                case "wrapkey RSA-OAEP-256" -> result(name, version, oaep(Cipher.ENCRYPT_MODE, version, value));
                case "unwrapkey RSA-OAEP-256" -> result(name, version, oaep(Cipher.DECRYPT_MODE, version, value));
                case "sign PS256" -> {
                    Signature sign = pss();
                    sign.initSign(version.pair.getPrivate());
                    sign.update(value);
                    yield result(name, version, sign.sign());
                }
                case "verify PS256" -> {
                    Signature verify = pss();
                    verify.initVerify(version.pair.getPublic());
                    verify.update(Base64.getUrlDecoder().decode(call.field("digest")));
                    yield Reply.ok("{\"value\":" + verify.verify(value) + "}");
                }
                default -> error(400, "BadParameter");
            };
        } catch (GeneralSecurityException refused) {
            return error(400, "BadParameter");
        }
    }

    /** Hashes the digest once more, for Java has no PSS over a ready one: to the caller it is the same. */
    private static Signature pss() throws GeneralSecurityException {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return pss;
    }

    private static byte[] oaep(int mode, Version version, byte[] value) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        PrivateKey secret = version.pair.getPrivate();
        cipher.init(mode, mode == Cipher.ENCRYPT_MODE ? version.pair.getPublic() : secret, OAEP);
        return cipher.doFinal(value);
    }

    private Reply result(String name, Version version, byte[] value) {
        return Reply.ok("{\"kid\":\"" + kid(name, "/" + version.id) + "\",\"value\":\"" + base64(value) + "\"}");
    }

    private String bundle(String name, Version version) {
        RSAPublicKey open = (RSAPublicKey) version.pair.getPublic();
        return "{\"key\":{\"kid\":\"" + kid(name, "/" + version.id) + "\",\"kty\":\"RSA\",\"key_ops\":[\""
                + version.operations + "\"],\"n\":\"" + base64(unsigned(open.getModulus())) + "\",\"e\":\""
                + base64(unsigned(open.getPublicExponent())) + "\"},\"attributes\":" + attributes(version)
                + ",\"recoveryId\":\"" + address() + "/deletedkeys/" + name + "\"}";
    }

    private String item(String name, String version, Version facts) {
        return "{\"kid\":\"" + kid(name, version) + "\",\"attributes\":" + attributes(facts) + "}";
    }

    private static String attributes(Version version) {
        return "{\"enabled\":true,\"created\":" + version.created + ",\"updated\":" + version.created
                + ",\"recoveryLevel\":\"Recoverable+Purgeable\",\"recoverableDays\":90}";
    }

    private static Reply list(List<String> items) {
        return Reply.ok(items.stream().collect(Collectors.joining(",", "{\"value\":[", "],\"nextLink\":null}")));
    }

    private String kid(String name, String version) {
        return address() + "/keys/" + name + version;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Reply error(int status, String code) {
        return new Reply(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + code + "\"}}");
    }
}
