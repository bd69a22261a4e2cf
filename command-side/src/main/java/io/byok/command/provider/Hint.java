package io.byok.command.provider;

import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * The masked form by which people recognise a stored key. Of a secret it shows a public prefix and the last four
 * characters when at least {@value #HIDDEN} stay hidden, the last two from {@value #HIDDEN} characters on, and nothing
 * of a shorter one.
 */
final class Hint {

    static final String GAP = "...";
    static final int HIDDEN = 12;
    private static final int LONG_ENOUGH = 20;

    private Hint() {}

    static String of(CredentialField field, ByteBuffer lent) {
        VisibleBytes text = VisibleBytes.of(lent);
        if (field.format() == FieldFormat.PEM) {
            return "PEM";
        }
        return field.secret() ? secret(field, text) : identifier(text);
    }

    private static String secret(CredentialField field, VisibleBytes text) {
        int length = text.length();
        if (length < HIDDEN) {
            return GAP;
        }
        if (length < LONG_ENOUGH) {
            return GAP + last(text, 2);
        }
        String prefix = field.prefixes().stream()
                .filter(text::startsWith)
                .filter(known -> length - known.length() - 4 >= HIDDEN)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        return prefix + GAP + last(text, 4);
    }

    private static String identifier(VisibleBytes text) {
        int shown = text.length() >= HIDDEN ? 4 : text.length() >= 8 ? 2 : 0;
        return range(text, 0, shown) + GAP + last(text, shown);
    }

    private static String last(VisibleBytes text, int count) {
        return range(text, text.length() - count, text.length());
    }

    private static String range(VisibleBytes text, int from, int to) {
        StringBuilder shown = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            shown.append(c > ' ' && c <= '~' ? c : '?');
        }
        return shown.toString();
    }
}
