package io.byok.platform.tls;

/** What is in the files cannot serve. The message names a file and a reason, and nothing out of the key. */
public final class CertificateUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CertificateUnusable(String message) {
        super(message);
    }
}
