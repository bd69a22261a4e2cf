package io.byok.command.store;

/** What the rows of these tests are refused with. */
final class Refused extends RuntimeException {

    Refused() {
        super("refused", null, false, false);
    }
}
