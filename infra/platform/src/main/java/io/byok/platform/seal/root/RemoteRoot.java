package io.byok.platform.seal.root;

import io.byok.platform.seal.Aad;
import io.byok.platform.seal.KekProvider;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.WrappedKek;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A root in a key service. Adds to a {@link RemoteKey} what every one of them needs: {@link Patience}, the memory of the
 * versions, and the timer {@code byok.kek.calls} with the outcomes {@code ok}, {@code broken} and {@code away}.
 *
 * <p>The root's id is made from the service's kind and the key's name, so that every node gives it the same. Until the
 * service has answered once the versions are unknown: the root is sealed, and everything is {@link KeysUnavailable}.
 */
public final class RemoteRoot implements KekProvider {

    private final String provider;
    private final RemoteKey key;
    private final UUID root;
    private final Patience patience;
    private final MeterRegistry meters;
    private volatile @Nullable Description known;

    /**
     * @param provider the word of its kind
     * @param timeout for one attempt
     */
    public RemoteRoot(String provider, RemoteKey key, Duration timeout, MeterRegistry meters) {
        this.provider = provider;
        this.key = key;
        this.root = id(provider + "/" + key.name());
        this.patience = new Patience(timeout);
        this.meters = meters;
    }

    @Override
    public WrappedKek wrap(byte[] plaintext, Aad place) {
        int newest = describe().newest();
        return call("wrap", true, () -> key.wrap(newest, plaintext, place.hash()));
    }

    @Override
    public byte[] unwrap(WrappedKek wrapped, Aad place) {
        return call("unwrap", true, () -> key.unwrap(wrapped, place.hash()));
    }

    @Override
    public WrappedKek rewrap(WrappedKek wrapped, Aad place) {
        int newest = describe().newest();
        return call("rewrap", true, () -> key.rewrap(wrapped, newest, place.hash()));
    }

    /** @throws KeysUnavailable as long as the service has not answered once */
    @Override
    public Description describe() {
        Description description = known;
        if (description == null) {
            throw new KeysUnavailable("sealed: " + provider + " key " + key.name() + " has not answered yet", null);
        }
        return description;
    }

    @Override
    public synchronized int addVersion() {
        refresh();
        int before = describe().newest();
        call("add-version", false, () -> {
            key.addVersion();
            return before;
        });
        refresh();
        int after = describe().newest();
        if (after <= before) {
            throw new KeysUnavailable(provider + " has not made a new version", null);
        }
        return after;
    }

    @Override
    public synchronized void refresh() {
        List<Integer> versions = call("describe", true, key::versions);
        known = new Description(provider, root, List.copyOf(versions));
    }

    @Override
    public synchronized void destroyVersion(int version) {
        refresh();
        if (version == describe().newest()) {
            throw new KeyRefused("the newest version of a root cannot be destroyed");
        }
        if (describe().versions().contains(version)) {
            call("destroy", true, () -> {
                key.destroyVersion(version);
                return version;
            });
            refresh();
        }
    }

    private <T> T call(String operation, boolean repeatable, Callable<T> call) {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "away";
        try {
            T answer = patience.call(provider, repeatable, call);
            outcome = "ok";
            return answer;
        } catch (SealBroken broken) {
            outcome = "broken";
            throw broken;
        } finally {
            sample.stop(
                    meters.timer("byok.kek.calls", "provider", provider, "operation", operation, "outcome", outcome));
        }
    }

    private static UUID id(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("byok/v1/root/" + name).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(hash);
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
