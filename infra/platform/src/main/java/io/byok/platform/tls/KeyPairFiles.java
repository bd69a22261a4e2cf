package io.byok.platform.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate with its chain, the server's own first, and its private key without a password, both PEM.
 *
 * @param certificate the file of the chain
 * @param key the file of the key: PKCS #8, PKCS #1 or SEC 1
 */
record KeyPairFiles(Path certificate, Path key) {

    private static final String ALIAS = "server";

    /** Changes whenever one of the files does. @throws CertificateUnusable when one cannot be read */
    byte[] digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : List.of(certificate, key)) {
                byte[] content = read(file);
                digest.update(Integer.toString(content.length).getBytes(US_ASCII));
                digest.update(content);
                Arrays.fill(content, (byte) 0);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws CertificateUnusable unless the key is the certificate's, which is valid now */
    KeyStore load() {
        X509Certificate[] chain = chain();
        PrivateKey secret = secret();
        try {
            chain[0].checkValidity();
        } catch (CertificateException e) {
            throw new CertificateUnusable(
                    certificate + (e instanceof CertificateExpiredException ? " has expired" : " is not valid yet"));
        }
        if (!belongs(secret, chain[0])) {
            throw new CertificateUnusable(key + " is not the key of " + certificate);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, secret, new char[0], chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate[] chain() {
        try {
            X509Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(read(certificate)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toArray(X509Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (CertificateException e) {
            // The parser's words add nothing for whoever has to replace the file.
        }
        throw new CertificateUnusable(certificate + " holds no certificate in PEM");
    }

    private PrivateKey secret() {
        PrivateKey found = null;
        try {
            found = keyIn(PemContent.load(key));
        } catch (IOException e) {
            throw unreadable(key);
        } catch (RuntimeException e) {
            // The parser's words may quote the file.
        }
        if (found == null) {
            throw new CertificateUnusable(key + " holds no private key in PEM without a password");
        }
        return found;
    }

    private static @Nullable PrivateKey keyIn(PemContent content) {
        return content.getPrivateKey();
    }

    private static boolean belongs(PrivateKey secret, X509Certificate certificate) {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm(); // Ed25519 and Ed448 sign by their own name
        };
        byte[] content = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(content);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(file);
        }
    }

    private static CertificateUnusable unreadable(Path file) {
        return new CertificateUnusable(file + " cannot be read");
    }
}
