package io.byok.command.use.domain;

import io.byok.command.use.domain.Decision.Choice;
import io.byok.command.use.domain.Decision.Considered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the key that serves: the usable one with the lowest priority number, the newest of equals. When the caller
 * excludes it, another key serves only if its owner said that it may (P9: no fallback is ever implied); the version
 * before a rotation serves while its overlap lasts, which is what the overlap was asked for.
 */
public final class Resolution {

    private static final Comparator<Candidate> ORDER = Comparator.comparingInt(
                    (Candidate candidate) -> candidate.policy().priority())
            .thenComparing(Candidate::createdAt, Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.key().value(), Comparator.reverseOrder());

    private final List<Excluded> excluded;
    private final Instant at;
    private final List<Considered> considered = new ArrayList<>();
    private @Nullable Choice chosen;
    private boolean inPlaceOfAnother;

    private Resolution(List<Excluded> excluded, Instant at) {
        this.excluded = excluded;
        this.at = at;
    }

    /** Equal arguments give an equal decision, whatever the order of the candidates. */
    public static Decision decide(List<Candidate> candidates, List<Excluded> excluded, Instant at) {
        Resolution resolution = new Resolution(excluded, at);
        candidates.stream().sorted(ORDER).forEach(resolution::consider);
        return new Decision(resolution.chosen, List.copyOf(resolution.considered));
    }

    private void consider(Candidate candidate) {
        if (!candidate.status().equals("active")) {
            skip(candidate, candidate.version(), candidate.status());
        } else if (candidate.expired(at)) {
            skip(candidate, candidate.version(), "expired");
        } else if (chosen != null) {
            skip(candidate, candidate.version(), "lower-priority");
        } else if (inPlaceOfAnother && !candidate.policy().fallback()) {
            skip(candidate, candidate.version(), "not-a-fallback");
        } else if (isExcluded(candidate, candidate.version())) {
            skip(candidate, candidate.version(), "excluded");
            inPlaceOfAnother = true;
            considerPrevious(candidate);
        } else {
            choose(candidate, candidate.version(), inPlaceOfAnother ? "next-fallback" : "first-in-order");
        }
    }

    private void considerPrevious(Candidate candidate) {
        Integer previous = candidate.previousAt(at);
        if (previous == null) {
            return;
        }
        if (isExcluded(candidate, previous)) {
            skip(candidate, previous, "excluded");
        } else {
            choose(candidate, previous, "rotation-overlap");
        }
    }

    private boolean isExcluded(Candidate candidate, int version) {
        return excluded.stream().anyMatch(one -> one.covers(candidate, version));
    }

    private void choose(Candidate candidate, int version, String because) {
        chosen = new Choice(candidate.key(), version, inPlaceOfAnother ? "fallback" : "user");
        considered.add(new Considered(candidate.key(), version, "chosen", because));
    }

    private void skip(Candidate candidate, int version, String because) {
        considered.add(new Considered(candidate.key(), version, "skipped", because));
    }
}
