package io.byok.platform.tls;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * The certificate that both planes show, with its key. Replacing the files replaces it for new connections; what cannot
 * serve (unreadable, expired, a key of another certificate, half a replacement) is said in the log once and changes
 * nothing. TLS 1.2 and 1.3.
 */
public final class ServingCertificate {

    /** What is spoken. RFC 9325, 3.1.1: nothing older. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final Logger log = LoggerFactory.getLogger(ServingCertificate.class);

    private final KeyPairFiles files;
    private final List<Consumer<SslBundle>> watchers = new CopyOnWriteArrayList<>();
    private byte[] seen;
    private @Nullable String complained;
    private SslBundle current;

    /** @throws CertificateUnusable when the files hold none */
    public ServingCertificate(Path certificate, Path key) {
        this.files = new KeyPairFiles(certificate, key);
        this.seen = files.digest();
        this.current = bundle(files.load());
    }

    public synchronized SslBundle current() {
        return current;
    }

    /** @param watcher is given every later one; may refuse it by throwing, and then keeps its own */
    public void onChange(Consumer<SslBundle> watcher) {
        watchers.add(watcher);
    }

    /** Looks at the files. @return whether another certificate serves from now on */
    public synchronized boolean look() {
        try {
            byte[] digest = files.digest();
            if (Arrays.equals(digest, seen)) {
                complained = null;
                return false;
            }
            SslBundle next = bundle(files.load());
            seen = digest;
            complained = null;
            current = next;
            watchers.forEach(watcher -> watcher.accept(next));
            log.info("a new certificate serves: {}", files.certificate());
            return true;
        } catch (CertificateUnusable unusable) {
            if (!String.valueOf(unusable.getMessage()).equals(complained)) {
                complained = unusable.getMessage();
                log.error("the old certificate stays: {}", complained);
            }
            return false;
        }
    }

    private static SslBundle bundle(KeyStore store) {
        return SslBundle.of(SslStoreBundle.of(store, "", null));
    }
}
