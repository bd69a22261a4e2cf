package io.byok.command.provider;

import java.util.regex.Pattern;

/**
 * A regular expression of the catalogue, held against texts of strangers. One that would take for ever, as careless ones
 * do on texts made for it, is given up after {@value #MOST_STEPS} looks at the text: it does not match.
 */
final class Shape {

    static final int MOST_STEPS = 1_000_000;

    private final Pattern pattern;

    Shape(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /** Whether it matches the whole text. */
    boolean matches(CharSequence text) {
        try {
            return pattern.matcher(new Counted(text, new int[1])).matches();
        } catch (TooManySteps | StackOverflowError careless) {
            return false;
        }
    }

    private static final class TooManySteps extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    private record Counted(CharSequence text, int[] steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        /** Nothing of the text: it may be a key. */
        @Override
        public String toString() {
            return "Counted";
        }
    }
}
