package io.byok.command.erase;

import io.byok.platform.seal.PlatformSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays the public key of certificates into the data directory, for {@code ./byok erase}. It is no secret; auditors get it
 * from {@code GET /v1/erasures/signing-key} or from whoever they trust more.
 */
final class PublishedKey {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedKey.class);

    private final PlatformSigner signer;
    private final Path file;

    PublishedKey(PlatformSigner signer, Path file) {
        this.signer = signer;
        this.file = file;
    }

    /** A directory that cannot be written is no reason not to start. */
    void write() {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, signer.key(ErasureSaga.SIGNER).text() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.warn("the public key of certificates is not in {}: {}", file, failed.toString());
        }
    }
}
