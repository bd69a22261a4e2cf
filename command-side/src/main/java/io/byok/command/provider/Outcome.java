package io.byok.command.provider;

/**
 * What an answer to a probe says about a key. Only {@link #INVALID} may stop a key from being used; everything else
 * says something about the account, the caller or the moment.
 */
public enum Outcome {
    /** The provider knows the key and lets it do what the probe asks. */
    VALID("the key works"),
    /** The provider knows the key; it lacks the right that the probe needs. Good for what it was made for. */
    VALID_LIMITED("the key works, with limited rights"),
    /** The provider knows the key; the account has no credit or has used its quota. */
    NO_QUOTA("the key is good, the account has no credit or quota left"),
    /** Too many calls for the moment; nothing is known about the key beyond that. */
    RATE_LIMITED("too many calls for the moment"),
    /** The provider refuses the key: unknown, revoked, expired, disabled, or its account is closed. */
    INVALID("the provider refuses the key"),
    /** The provider refuses this caller's address for the key. */
    IP_BLOCKED("the key may not be used from this address"),
    /** The provider refuses the country that the call came from. */
    REGION_BLOCKED("the provider refuses this country or region"),
    /** No answer, or none that says anything about the key. */
    UNREACHABLE("no answer that says anything about the key");

    private final String meaning;

    Outcome(String meaning) {
        this.meaning = meaning;
    }

    /** The same in a few words for people. */
    public String meaning() {
        return meaning;
    }
}
