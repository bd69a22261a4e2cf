package io.byok.platform.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The signing key of a witness, in a file of its own that only its owner may read:
 * {@code PRIVATE+KEY+name+hash+base64(4 | seed)}, the form that other tools for signed notes use. Made once, never replaced.
 */
public final class Cosigner {

    private static final String PREFIX = "PRIVATE+KEY+";

    private final CosignerKey key;
    private final Ed25519PrivateKeyParameters secret;
    private final InstantSource clock;

    private Cosigner(String name, Ed25519PrivateKeyParameters secret, InstantSource clock) {
        this.key = CosignerKey.ed25519(name, secret.generatePublicKey().getEncoded());
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * Reads the key, or makes it when there is no file.
     *
     * @param name in which a new one signs
     * @throws IllegalArgumentException when the file holds no such key, or the name is none
     */
    public static Cosigner open(Path file, String name, InstantSource clock) throws IOException {
        if (!Files.exists(file)) {
            create(file, name, clock);
        }
        return read(file, clock);
    }

    private static void create(Path file, String name, InstantSource clock) throws IOException {
        if (!VerifierKey.isName(name)) {
            throw new IllegalArgumentException("the name of a witness has no spaces and no plus signs");
        }
        byte[] typed = new byte[1 + VerifierKey.LENGTH];
        new SecureRandom().nextBytes(typed);
        typed[0] = VerifierKey.COSIGNATURE;
        Cosigner made = new Cosigner(name, new Ed25519PrivateKeyParameters(typed, 1), clock);
        byte[] base64 = Base64.getEncoder().encode(typed);
        byte[] head = (PREFIX + name + "+" + HexFormat.of().toHexDigits(made.key.hash()) + "+")
                .getBytes(StandardCharsets.UTF_8);
        AtomicFile.create(
                file,
                ByteBuffer.allocate(head.length + base64.length + 1)
                        .put(head)
                        .put(base64)
                        .put((byte) '\n')
                        .array());
        Arrays.fill(typed, (byte) 0);
        Arrays.fill(base64, (byte) 0);
    }

    private static Cosigner read(Path file, InstantSource clock) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] typed = new byte[0];
        try {
            // From the right: base64 has plus signs, and the seed must not become a text.
            int end = bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? bytes.length - 1 : bytes.length;
            int digits = (1 + VerifierKey.LENGTH) / 3 * 4;
            String head = new String(bytes, 0, Math.max(0, end - digits), StandardCharsets.UTF_8);
            typed = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, Math.max(0, end - digits), end));
            String[] parts = head.split("\\+", -1);
            if (parts.length == 5
                    && head.startsWith(PREFIX)
                    && typed.length == 1 + VerifierKey.LENGTH
                    && typed[0] == VerifierKey.COSIGNATURE) {
                Cosigner read = new Cosigner(parts[2], new Ed25519PrivateKeyParameters(typed, 1), clock);
                if (HexFormat.of().toHexDigits(read.key.hash()).equals(parts[3])) {
                    return read;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(typed, (byte) 0);
        }
        throw new IllegalArgumentException(file + " holds no key of a witness");
    }

    public CosignerKey key() {
        return key;
    }

    /** A signature line for the text of a state, with its line feed. Says that no larger one was seen: that is the caller's to know. */
    public String cosign(String text) {
        long seconds = clock.instant().getEpochSecond();
        byte[] message = key.message(seconds, text).orElseThrow();
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        return key.line(seconds, signer.generateSignature()) + "\n";
    }
}
