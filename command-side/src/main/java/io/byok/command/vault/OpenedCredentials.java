package io.byok.command.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in the clear for a short while: bounded in number and age, wiped when they leave, and handed out as copies,
 * so that wiping never hits one in use. Whether one may still be handed out is not asked here: the transaction that
 * records the use asks. What changed has another epoch in its name, so nothing stale is ever found.
 */
public final class OpenedCredentials implements AutoCloseable {

    /**
     * Everything that decides which bytes are meant.
     *
     * @param epoch of whoever owns the key
     */
    public record Name(TenantId tenant, SubjectId owner, KeyId key, int version, long epoch) {}

    private final CredentialVault vault;
    private final Cache<Name, Credential> held;

    /** Counts the times that something was forgotten, so that a slow look does not bring it back. */
    private final AtomicLong forgotten = new AtomicLong();

    /** @param longest how long one is kept; zero to keep none */
    public OpenedCredentials(CredentialVault vault, int most, Duration longest) {
        this.vault = vault;
        this.held = Caffeine.newBuilder()
                .maximumSize(longest.isZero() ? 0 : most)
                .expireAfterWrite(longest.isZero() ? Duration.ofNanos(1) : longest)
                .scheduler(Scheduler.systemScheduler()) // wiped in time, not at the next access
                .executor(Runnable::run)
                .removalListener((@Nullable Name name, @Nullable Credential credential, RemovalCause cause) -> {
                    if (credential != null) {
                        credential.close();
                    }
                })
                .recordStats()
                .build();
    }

    /** A copy of what is held, owned by the caller. Never blocks. */
    public Optional<Credential> peek(Name name) {
        Credential here = held.getIfPresent(name);
        return here == null ? Optional.empty() : Optional.ofNullable(here.copyIfOpen());
    }

    /** A copy, opened if need be, owned by the caller; empty when there is no such version any more. */
    public Optional<Credential> open(Name name) {
        Optional<Credential> here = peek(name);
        if (here.isPresent()) {
            return here;
        }
        long before = forgotten.get();
        Optional<Credential> opened = vault.open(name.tenant(), name.owner(), name.key(), name.version());
        opened.map(Credential::copyIfOpen).ifPresent(copy -> held.put(name, copy));
        if (forgotten.get() != before) {
            held.invalidate(name); // it may have been read before it was destroyed
        }
        return opened;
    }

    /** Wipes what is held of a key, all versions of it, and lets nobody put back what was read before. */
    public void forget(KeyId key) {
        forgotten.incrementAndGet(); // first: whoever puts after this finds it changed
        held.asMap().keySet().removeIf(name -> name.key().equals(key));
    }

    /** For its meters. */
    public Cache<?, ?> cache() {
        return held;
    }

    /** Wipes what is held. */
    @Override
    public void close() {
        held.invalidateAll();
    }
}
