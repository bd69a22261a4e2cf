package io.byok.platform.seal.pkcs11;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RemoteTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A token that we are logged in to. Opened at its first use and, after it failed, again. A PIN that was wrong once is
 * not tried again in this process: three wrong ones lock most tokens for good.
 */
final class Pkcs11Token {

    // What is made here stays here: it can be used, and neither read nor taken out.
    private static final String CONFIGURATION = """
            --name=byok
            library="%s"
            %s
            attributes(generate,CKO_SECRET_KEY,CKK_AES) = {
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_ENCRYPT = true
              CKA_DECRYPT = true
            }
            """;

    /** Works with the token. */
    interface Use<T> {
        T on(KeyStore keys, Provider provider) throws GeneralSecurityException, IOException;
    }

    private record Session(Provider provider, KeyStore keys) {}

    private final Path library;
    private final String slot;
    private final TokenPin pin;
    private @Nullable Session session;
    private boolean wrongPin;

    /** @param slot as the provider's configuration has it */
    Pkcs11Token(Path library, String slot, TokenPin pin) {
        this.library = library;
        this.slot = slot;
        this.pin = pin;
    }

    /** @throws RemoteTrouble when the token does not do it */
    <T> T use(Use<T> use) {
        Session current = session();
        try {
            return use.on(current.keys(), current.provider());
        } catch (GeneralSecurityException | IOException | ProviderException failed) {
            drop(current);
            throw trouble(failed);
        }
    }

    /** Reads the list of keys again, which the provider otherwise remembers. */
    synchronized void reload() {
        Session current = session();
        try {
            load(current.keys());
        } catch (GeneralSecurityException | IOException | ProviderException failed) {
            drop(current);
            throw trouble(failed);
        }
    }

    private synchronized Session session() {
        if (session != null) {
            return session;
        }
        if (wrongPin) {
            throw refusedPin();
        }
        try {
            Provider configured = Security.getProvider("SunPKCS11").configure(CONFIGURATION.formatted(library, slot));
            KeyStore keys = KeyStore.getInstance("PKCS11", configured);
            load(keys);
            Session opened = new Session(configured, keys);
            session = opened;
            return opened;
        } catch (GeneralSecurityException | IOException | ProviderException | IllegalArgumentException failed) {
            if (said(failed, "CKR_PIN")) {
                wrongPin = true;
                throw refusedPin();
            }
            throw trouble(failed);
        }
    }

    private void load(KeyStore keys) throws GeneralSecurityException, IOException {
        char[] secret = pin.exposeForLogin();
        try {
            keys.load(null, secret);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    private synchronized void drop(Session failed) {
        if (session == failed) {
            session = null;
        }
    }

    private static KeyRefused refusedPin() {
        return new KeyRefused("the token refuses the PIN; it is not tried again before the next start");
    }

    /** With the token's own word for it (CKR_...), which names no secret. */
    private static RemoteTrouble trouble(Exception failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return RemoteTrouble.passing("the token says " + root.getMessage(), failed);
    }

    private static boolean said(Throwable failed, String code) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at.getMessage() != null && at.getMessage().contains(code)) {
                return true;
            }
        }
        return false;
    }
}
