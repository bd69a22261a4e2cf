package io.byok.platform.event;

/**
 * The stable name of an event: a word that never changes meaning, and the revision of its payload.
 *
 * @param code the word's number in the store
 * @param word such as {@code key-added}
 * @param revision from 1; a new one only when a payload changes incompatibly
 */
public record EventName(short code, String word, short revision) {

    /** The CloudEvents type, such as {@code io.byok.key-added.v1}. */
    public String cloudEventType() {
        return "io.byok." + word + ".v" + revision;
    }

    @Override
    public String toString() {
        return word + " " + revision;
    }
}
