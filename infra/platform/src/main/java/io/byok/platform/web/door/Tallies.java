package io.byok.platform.web.door;

import io.byok.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what callers can do as often as they like, so that all of it is on record and little is written. The first of a
 * kind is told at once; those that follow within the window are one count, told when it ends. Of one tenant at most
 * {@code most} kinds are told apart in a window, the rest is one count: so at most {@code 2 * (most + 1)} are told a window
 * and tenant. Counts that were not told are lost when the process is killed; the first of each kind is not.
 *
 * @param <K> what is counted together; has a value's {@code equals}
 * @param <D> one of those that are counted
 */
public final class Tallies<K, D> {

    private static final int MOST_TENANTS = 10_000;

    private final Duration window;
    private final int most;
    private final K rest;
    private final Map<TenantId, Map<K, Tally<D>>> tenants = new HashMap<>();

    /** @param rest the kind of everything beyond {@code most} kinds */
    public Tallies(Duration window, int most, K rest) {
        this.window = window;
        this.most = most;
        this.rest = rest;
    }

    /**
     * A count of which the window is over.
     *
     * @param next the first one that it counts
     * @param first when that was
     */
    public record Counted<K, D>(TenantId tenant, K kind, D next, long times, Instant first) {}

    private static final class Tally<D> {
        private final Instant opened;
        private @Nullable D next;
        private Instant first = Instant.MAX;
        private long times;

        Tally(Instant opened) {
            this.opened = opened;
        }
    }

    /** True when this one is to be told at once; it is then in no count. */
    public synchronized boolean note(TenantId tenant, K kind, D one, Instant now) {
        if (!tenants.containsKey(tenant) && tenants.size() >= MOST_TENANTS) {
            return false;
        }
        Map<K, Tally<D>> tallies = tenants.computeIfAbsent(tenant, _ -> new HashMap<>());
        if (!tallies.containsKey(kind) && tallies.size() < most) {
            tallies.put(kind, new Tally<>(now));
            return true;
        }
        Tally<D> tally = tallies.get(kind);
        if (tally == null) {
            tally = tallies.computeIfAbsent(rest, _ -> new Tally<>(now));
        }
        if (tally.next == null) {
            tally.next = one;
            tally.first = now;
        }
        tally.times++;
        return false;
    }

    /** To be called every few seconds: what was counted in windows that are over, and is counted no more. */
    public synchronized List<Counted<K, D>> over(Instant now) {
        List<Counted<K, D>> over = new ArrayList<>();
        tenants.forEach((tenant, tallies) -> {
            tallies.forEach((kind, tally) -> {
                if (isOver(tally, now) && tally.next != null) {
                    over.add(new Counted<>(tenant, kind, tally.next, tally.times, tally.first));
                }
            });
            tallies.values().removeIf(tally -> isOver(tally, now));
        });
        tenants.values().removeIf(Map::isEmpty);
        return over;
    }

    /** To be called at the end of the process: what was counted and not told, whether its window is over or not. */
    public synchronized List<Counted<K, D>> all() {
        return over(Instant.MAX);
    }

    private boolean isOver(Tally<D> tally, Instant now) {
        return !now.isBefore(tally.opened.plus(window));
    }
}
