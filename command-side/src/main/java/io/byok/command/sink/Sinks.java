package io.byok.command.sink;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which sinks the settings name. Settings of files and environment only: no request can add or remove one. */
enum Sinks {
    DATABASE,
    FILE;

    /**
     * Reads a list such as {@code database,file}.
     *
     * @throws IllegalStateException in one line, when it is empty, names something else, or leaves the database out
     */
    static Set<Sinks> parse(String list) {
        List<String> words = Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw new IllegalStateException(
                    "byok.audit.sinks names no sink: uses would be recorded nowhere; say database, or database,file");
        }
        Set<Sinks> sinks = EnumSet.noneOf(Sinks.class);
        for (String word : words) {
            switch (word) {
                case "database" -> sinks.add(DATABASE);
                case "file" -> sinks.add(FILE);
                default ->
                    throw new IllegalStateException("byok.audit.sinks takes database and file, and nothing else");
            }
        }
        if (!sinks.contains(DATABASE)) {
            throw new IllegalStateException("byok.audit.sinks lacks database, which is where events are kept:"
                    + " say database, or database,file");
        }
        return sinks;
    }
}
