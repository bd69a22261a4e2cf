package io.byok.command.retention.domain;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** The states of a tenant's retention. */
public sealed interface Retention {

    /** Years that were let go. */
    Set<Integer> pruned();

    /** Nothing is let go. */
    record Unlimited(Set<Integer> pruned) implements Retention {}

    /** A policy holds. @param appliesAt before it nothing is let go */
    record Limited(int days, Instant appliesAt, Set<Integer> pruned) implements Retention {}

    /** These years and one more, in their order. */
    static Set<Integer> with(Set<Integer> years, int year) {
        Set<Integer> all = new TreeSet<>(years);
        all.add(year);
        return all;
    }
}
