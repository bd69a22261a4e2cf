package io.byok.kernel;

/**
 * A named business "no". The code is stable for ever and is what clients switch on; each has an entry in the
 * documentation of errors.
 */
public interface Refusal {

    /** What is said of every occurrence. */
    Terms terms();

    /** A stable word such as {@code key-revoked}. */
    default String code() {
        return terms().code();
    }

    /** What sort of "no" it is, free of any transport. */
    default Kind kind() {
        return terms().kind();
    }

    /** One short sentence that holds for every occurrence. */
    default String title() {
        return terms().title();
    }

    /** What the caller can do about it, one sentence. */
    default String advice() {
        return terms().advice();
    }

    /** The four words that make a refusal, as the methods of the same names give them. */
    record Terms(String code, Kind kind, String title, String advice) {}

    /** The sorts of refusal; a transport maps each to its own status. */
    enum Kind {
        /** The thing does not exist, or is not the caller's to see. */
        NOT_FOUND,
        /** The thing is in a state that forbids the command. */
        CONFLICT,
        /** The thing was there, and is destroyed for good. */
        GONE,
        /** The command was well-formed and makes no sense. */
        INVALID,
        /** The expected version is not the actual one. */
        STALE
    }
}
