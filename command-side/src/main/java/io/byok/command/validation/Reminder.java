package io.byok.command.validation;

import io.byok.command.head.KeyHead;
import java.time.Instant;

/** A date of a key that comes near. */
record Reminder(KeyHead head, What what, Instant due) {

    /** Which date. The words are stored in events. */
    enum What {
        /** The key's own end. */
        EXPIRES("expires"),
        /** When its credential has served for as long as the operator allows. */
        ROTATE("rotate-by");

        private final String word;

        What(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
