package io.byok.command.use;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.command.head.KeyHead;
import io.byok.command.head.Standing;
import io.byok.command.head.Standings;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.use.domain.Candidate;
import io.byok.command.use.domain.FallbackPolicy;
import io.byok.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decisions are made of, remembered for a while. It may be stale: a decision made from it holds only if the epochs
 * in it still hold when the use is recorded, and a refusal is never made from it.
 */
final class KnownStandings {

    private static final int MOST = 50_000;

    /** What is asked for, as the application names it. */
    record Place(TenantId tenant, String userId, String provider, String environment) {
        @Override
        public String toString() {
            return "Place[" + tenant + "]";
        }
    }

    /** A standing, and what follows from it alone. */
    record Known(Standing standing, List<Candidate> keys, List<Candidate> systemKeys, FallbackPolicy policy) {
        static Known of(Standing standing) {
            return new Known(
                    standing,
                    candidates(standing.keys(), standing),
                    candidates(standing.systemKeys(), standing),
                    FallbackPolicy.of(standing.policy()));
        }

        private static List<Candidate> candidates(List<KeyHead> keys, Standing standing) {
            return keys.stream()
                    .map(head -> candidate(head, standing.refused().contains(head.key())))
                    .toList();
        }

        private static Candidate candidate(KeyHead head, boolean refused) {
            KeyHead.Previous previous = head.previous();
            return new Candidate(
                    head.key(),
                    head.status().word(),
                    head.version(),
                    head.policy(),
                    previous == null ? null : previous.version(),
                    previous == null ? null : previous.until(),
                    head.createdAt(),
                    refused);
        }
    }

    private final SubjectDirectory subjects;
    private final Standings standings;
    private final Cache<Place, Known> known;

    /** @param longest how long one is remembered; zero to remember none */
    KnownStandings(SubjectDirectory subjects, Standings standings, Duration longest) {
        this.subjects = subjects;
        this.standings = standings;
        this.known = Caffeine.newBuilder()
                .maximumSize(longest.isZero() ? 0 : MOST)
                .expireAfterWrite(longest.isZero() ? Duration.ofNanos(1) : longest)
                .recordStats()
                .build();
    }

    /** What is remembered. Never blocks. */
    @Nullable
    Known peek(Place place) {
        return known.getIfPresent(place);
    }

    /** As of now. */
    Known read(Place place) {
        var subject = subjects.find(place.tenant(), place.userId()).orElse(null);
        Known fresh = Known.of(standings.read(place.tenant(), subject, place.provider(), place.environment()));
        if (subject != null && !fresh.standing().suspended()) {
            known.put(place, fresh);
        }
        return fresh;
    }

    /** For its meters. */
    Cache<?, ?> cache() {
        return known;
    }
}
