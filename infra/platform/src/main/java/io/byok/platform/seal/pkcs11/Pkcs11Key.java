package io.byok.platform.seal.pkcs11;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.WrappedKek;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RemoteTrouble;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.crypto.KeyGenerator;

/**
 * One root in a token. Version {@code n} is the AES-256 key labelled {@code <label>-n}; it never leaves the token. The
 * first one is made when the token holds none and the database holds nothing wrapped. Wraps are {@link TokenCipher}'s.
 *
 * <p>A new version is made by one node at a time: tokens have no way to make a label unique.
 */
final class Pkcs11Key implements RemoteKey {

    private final Pkcs11Token token;
    private final String label;
    private final BooleanSupplier keysExist;

    Pkcs11Key(Pkcs11Token token, String label, BooleanSupplier keysExist) {
        this.token = token;
        this.label = label;
        this.keysExist = keysExist;
    }

    @Override
    public String name() {
        return label;
    }

    @Override
    public List<Integer> versions() {
        List<Integer> found = find();
        if (found.isEmpty()) {
            if (keysExist.getAsBoolean()) {
                throw new KeyRefused("the token holds no key " + label + "-1, and the database holds keys that only"
                        + " the right token opens");
            }
            make(1);
            found = find();
        }
        return found;
    }

    private List<Integer> find() {
        token.reload();
        List<Integer> versions = token.use((keys, _) -> Collections.list(keys.aliases()).stream()
                .filter(alias -> alias.matches("\\Q" + label + "\\E-[1-9][0-9]{0,8}"))
                .map(alias -> Integer.valueOf(alias.substring(label.length() + 1)))
                .sorted()
                .toList());
        versions.forEach(version -> token.use((keys, _) -> key(keys, version)));
        return versions;
    }

    @Override
    public WrappedKek wrap(int version, byte[] plaintext, byte[] place) {
        return token.use((keys, provider) ->
                new WrappedKek(version, TokenCipher.seal(provider, key(keys, version), plaintext, place)));
    }

    @Override
    public byte[] unwrap(WrappedKek wrapped, byte[] place) {
        return token.use((keys, provider) ->
                TokenCipher.open(provider, key(keys, wrapped.rootVersion()), wrapped.bytes(), place));
    }

    /** Through this process's memory: a token has no call for it. */
    @Override
    public WrappedKek rewrap(WrappedKek wrapped, int version, byte[] place) {
        byte[] plaintext = unwrap(wrapped, place);
        try {
            return wrap(version, plaintext, place);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    @Override
    public void addVersion() {
        make(versions().getLast() + 1);
    }

    @Override
    public void destroyVersion(int version) {
        token.use((keys, _) -> {
            keys.deleteEntry(label + "-" + version);
            return version;
        });
    }

    private void make(int version) {
        token.use((keys, provider) -> {
            KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
            generator.init(256);
            keys.setKeyEntry(label + "-" + version, generator.generateKey(), null, null);
            return version;
        });
    }

    private Key key(KeyStore keys, int version) throws GeneralSecurityException {
        Key key = keys.getKey(label + "-" + version, null);
        if (key == null) {
            throw RemoteTrouble.lasting("the token holds no key " + label + "-" + version);
        }
        byte[] leaving = key.getEncoded();
        if (leaving != null) {
            Arrays.fill(leaving, (byte) 0);
            throw new KeyRefused("the key " + label + "-" + version + " can be taken out of its token; it must be"
                    + " sensitive and not extractable");
        }
        return key;
    }
}
