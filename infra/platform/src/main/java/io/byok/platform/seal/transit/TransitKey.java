package io.byok.platform.seal.transit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.WrappedKek;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RemoteTrouble;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One key of the Transit engine. It is derived: Transit makes another key of it for every place, which comes as the
 * {@code context}, so nothing opens in another place. ({@code associated_data} would bind as well, but {@code rewrap}
 * does not know it.) A nonce is never sent.
 *
 * <p>A key that can be exported, backed up in clear or used without derivation is refused.
 */
final class TransitKey implements RemoteKey {

    private static final Pattern CIPHERTEXT =
            Pattern.compile("vault:v([1-9][0-9]{0,8}):([A-Za-z0-9+/]{64,1024}={0,2})");

    private final TransitHttp http;
    private final String mount;
    private final String key;

    TransitKey(TransitHttp http, String mount, String key) {
        this.http = http;
        this.mount = mount;
        this.key = key;
    }

    /** Without the address: a service that moves to another one is the same. */
    @Override
    public String name() {
        return mount + "/" + key;
    }

    @Override
    public List<Integer> versions() {
        try (TransitHttp.Answer answer = http.get(path("keys"))) {
            TransitAnswer.KeyFacts facts = TransitAnswer.key(answer);
            if (!facts.derived() || facts.exportable() || facts.plaintextBackup()) {
                throw new KeyRefused("the transit key " + name() + " must have derived=true, exportable=false and"
                        + " allow_plaintext_backup=false");
            }
            return IntStream.rangeClosed(facts.oldest(), facts.latest()).boxed().toList();
        }
    }

    @Override
    public WrappedKek wrap(int version, byte[] plaintext, byte[] place) {
        byte[] body = new TransitBody()
                .base64("plaintext", plaintext)
                .base64("context", place)
                .number("key_version", version)
                .end();
        try (TransitHttp.Answer answer = http.post(path("encrypt"), body)) {
            return wrapped(TransitAnswer.ciphertext(answer));
        }
    }

    @Override
    public byte[] unwrap(WrappedKek wrapped, byte[] place) {
        byte[] body = new TransitBody()
                .word("ciphertext", ciphertext(wrapped))
                .base64("context", place)
                .end();
        try (TransitHttp.Answer answer = http.post(path("decrypt"), body)) {
            return TransitAnswer.plaintext(answer);
        }
    }

    @Override
    public WrappedKek rewrap(WrappedKek wrapped, int version, byte[] place) {
        byte[] body = new TransitBody()
                .word("ciphertext", ciphertext(wrapped))
                .base64("context", place)
                .number("key_version", version)
                .end();
        try (TransitHttp.Answer answer = http.post(path("rewrap"), body)) {
            return wrapped(TransitAnswer.ciphertext(answer));
        }
    }

    @Override
    public void addVersion() {
        change("/rotate", new TransitBody());
    }

    /**
     * Trims: what Transit has trimmed is deleted, whatever its configuration says later. It trims from the oldest only,
     * so an older version that still lives is a refusal and not destroyed with it.
     */
    @Override
    public void destroyVersion(int version) {
        if (versions().getFirst() < version) {
            throw new KeyRefused("transit destroys its oldest version first, which is "
                    + versions().getFirst());
        }
        change(
                "/config",
                new TransitBody()
                        .number("min_decryption_version", version + 1)
                        .number("min_encryption_version", version + 1));
        change("/trim", new TransitBody().number("min_available_version", version + 1));
    }

    private void change(String what, TransitBody body) {
        try (TransitHttp.Answer answer = http.post(path("keys") + what, body.end())) {
            TransitAnswer.done(answer);
        }
    }

    private String path(String operation) {
        return mount + "/" + operation + "/" + key;
    }

    private static WrappedKek wrapped(String ciphertext) {
        Matcher form = CIPHERTEXT.matcher(ciphertext);
        if (!form.matches()) {
            throw RemoteTrouble.passing("its answer holds no ciphertext", null);
        }
        return new WrappedKek(Integer.parseInt(form.group(1)), ciphertext.getBytes(US_ASCII));
    }

    /** What has not the form, or says another version than its row, was never made by Transit: it is not asked. */
    private static String ciphertext(WrappedKek wrapped) {
        String ciphertext = new String(wrapped.bytes(), US_ASCII);
        Matcher form = CIPHERTEXT.matcher(ciphertext);
        if (!form.matches()
                || Integer.parseInt(form.group(1)) != wrapped.rootVersion()
                || !isCanonical(form.group(2))) {
            throw new SealBroken();
        }
        return ciphertext;
    }

    /** Base64 has bits that decoders ignore; a wrap with one of those changed is a changed wrap. */
    private static boolean isCanonical(String base64) {
        try {
            return Base64.getEncoder()
                    .encodeToString(Base64.getDecoder().decode(base64))
                    .equals(base64);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
