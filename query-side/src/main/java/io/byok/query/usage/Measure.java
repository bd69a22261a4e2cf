package io.byok.query.usage;

/** What a stored sum counts. The words are stored. */
enum Measure {
    REQUESTS("requests"),
    ERRORS("errors"),
    /** Requests whose cost nobody told. */
    UNCOSTED("uncosted"),
    UNIT("unit"),
    COST("cost");

    private final String word;

    Measure(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** @throws IllegalStateException for a word that is not stored by this version */
    static Measure of(String word) {
        for (Measure measure : values()) {
            if (measure.word.equals(word)) {
                return measure;
            }
        }
        throw new IllegalStateException("no measure is called " + word);
    }
}
