package io.byok.command;

import io.byok.command.access.ApiTokens;
import io.byok.command.access.NewToken;
import io.byok.command.head.TenantHeads;
import io.byok.command.tenant.Tenants;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.access.Confinement;
import io.byok.platform.seal.SealState;
import io.byok.platform.web.Scopes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the tenant {@code default} and the one token that may do everything in it and operate the platform, when there
 * is no token yet. There is no default credential: the token is random, kept as a hash, and written to one file that its
 * owner alone can read.
 */
final class FirstStart implements SmartLifecycle {

    private static final String TENANT = "default";
    private static final Provenance BY = Provenance.system("first-start");

    private final Tenants tenants;
    private final TenantHeads heads;
    private final ApiTokens tokens;
    private final SealState seal;
    private final Path file;
    private volatile boolean running;

    FirstStart(Tenants tenants, TenantHeads heads, ApiTokens tokens, SealState seal, Path file) {
        this.tenants = tenants;
        this.heads = heads;
        this.tokens = tokens;
        this.seal = seal;
        this.file = file;
    }

    @Override
    public void start() {
        running = true;
        seal.beforeServing(this::make);
    }

    private void make() {
        TenantId tenant = heads.find(TENANT).orElseGet(this::create);
        if (tokens.any(tenant)) {
            return;
        }
        NewToken text = NewToken.make();
        // First the file, then the commit: a crash in between leaves a token that opens nothing, and the next start
        // makes another. The other way round it would leave one that nobody knows.
        write(text);
        tokens.create(text, tenant, "first", Scopes.ALL, null, Confinement.NONE, BY, Optional.empty());
    }

    private TenantId create() {
        try {
            tenants.create(TENANT, BY);
        } catch (Rejection otherNode) {
            // Another node was first; its tenant is the tenant.
        }
        return heads.find(TENANT).orElseThrow();
    }

    private void write(NewToken text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text.exposeOnce() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the first token to " + file, failed);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server takes requests. */
    @Override
    public int getPhase() {
        return 0;
    }
}
