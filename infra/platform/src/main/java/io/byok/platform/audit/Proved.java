package io.byok.platform.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export proves.
 *
 * @param first index of the first leaf in it
 * @param end index behind the last one
 * @param size of the newest signed state
 * @param states how many signed states were checked
 * @param uses how many leaves are uses of secrets
 * @param words how many of these have words that are the ones committed to
 * @param unknown how many leaves are of a later version: proved and not read
 * @param pruned how many leaves were let go by retention: their hashes are proved, and nothing else is left of them
 * @param since size of the older state that it was linked to, absent when there was none
 * @param witnessed by whom, of those who had to
 */
public record Proved(
        String origin,
        long first,
        long end,
        long size,
        long states,
        long uses,
        long words,
        long unknown,
        long pruned,
        @Nullable Long since,
        List<Witnessed> witnessed) {

    /**
     * A witness, and the largest state here that it has cosigned.
     *
     * @param at by its own clock
     */
    public record Witnessed(String name, long size, Instant at) {}

    /** In words, one sentence a line. */
    public List<String> sentences() {
        List<String> all = new ArrayList<>();
        all.add("the log is " + origin + ", and your key has signed its state of " + size + " leaves");
        all.add(
                first == 0 && end == size
                        ? "all " + size + " leaves are here, and they are exactly the ones that were signed"
                        : "the leaves " + first + " to " + (end - 1)
                                + " are here, and they are exactly the ones that were" + " signed at these places");
        all.add(uses + " of them are uses of secrets"
                + (words == 0 ? "" : "; " + words + " come with words that are the ones committed to"));
        if (states > 1) {
            all.add((states - 1) + " older signed states are states of this same history");
        }
        if (since != null) {
            all.add("the history continues the state of " + since + " leaves that you kept: nothing of it was changed"
                    + " or taken away");
        }
        for (Witnessed witness : witnessed) {
            all.add("at " + witness.at() + " " + witness.name() + " had seen the state of " + witness.size()
                    + " leaves, and no other history of this log before");
        }
        if (pruned > 0) {
            all.add(pruned
                    + " leaves were pruned: their hashes are proved, and what they said is gone, as a later leaf of"
                    + " this log says");
        }
        if (unknown > 0) {
            all.add(unknown + " leaves are of a later version: their hashes are proved, what they say was not read");
        }
        return all;
    }
}
