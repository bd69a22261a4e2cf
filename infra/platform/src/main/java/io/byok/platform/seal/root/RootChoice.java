package io.byok.platform.seal.root;

import io.byok.platform.seal.KekProvider;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.Roots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.Serial;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * From settings to roots. {@code byok.kek} names the kind of the current root and {@code byok.previous-kek} that of one
 * to leave; where they are absent, a key in the environment decides, and after it the keyring file.
 */
public final class RootChoice {

    private static final String CURRENT = "byok.";
    private static final String PREVIOUS = "byok.previous-";

    private final RootSettings.Source source;
    private final Map<String, RootFactory> kinds = new TreeMap<>();

    /** Of the kinds on the class path. */
    public RootChoice(RootSettings.Source source) {
        this.source = source;
        ServiceLoader.load(RootFactory.class).forEach(kind -> kinds.put(kind.word(), kind));
    }

    /**
     * The roots of this node.
     *
     * @throws KeyRefused for an unknown kind, and whatever its factory refuses; one line for the operator
     */
    public Roots open(Surroundings surroundings) {
        Map<KeyChain, KekProvider> current = open(CURRENT, currentWord(), ofCurrent(surroundings));
        return new Roots(
                current,
                previousWord().map(word -> open(PREVIOUS, word, surroundings)).orElse(Map.of()));
    }

    /**
     * Whoever moves to another root has keys in the database that the new one never wrapped: it may be made. Was it lost
     * instead, then something is wrapped under it, and the proof of the roots refuses the start.
     */
    private Surroundings ofCurrent(Surroundings surroundings) {
        return previousWord().isPresent() ? new Surroundings(surroundings.meters(), () -> false) : surroundings;
    }

    /**
     * Refuses what can be refused before the database is there: unknown kinds, settings that are missing or make no
     * sense, unsound keys, files that others can read, and a keyring that was lost. Makes nothing.
     *
     * @param holdsKeys whether the database is known to hold keys; false when that is not known yet
     */
    public void check(boolean holdsKeys) {
        Surroundings undecided = new Surroundings(new SimpleMeterRegistry(), () -> {
            throw new NotYet();
        });
        // Beside a root to leave a current one may be missing, and is then made: not here.
        boolean lost = holdsKeys && previousWord().isEmpty();
        check(CURRENT, currentWord(), lost ? new Surroundings(undecided.meters(), () -> true) : undecided);
        previousWord().ifPresent(word -> check(PREVIOUS, word, undecided));
    }

    private void check(String prefix, String word, Surroundings undecided) {
        try {
            open(prefix, word, undecided);
        } catch (NotYet later) {
            // It depends on what the database holds.
        }
    }

    private static final class NotYet extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        NotYet() {
            super(null, null, false, false);
        }
    }

    private String currentWord() {
        return read(CURRENT + "kek")
                .orElseGet(() -> read(CURRENT + EnvironmentFactory.SETTING).isPresent()
                        ? EnvironmentFactory.WORD
                        : KeyringFileFactory.WORD);
    }

    private Optional<String> previousWord() {
        if (read(PREVIOUS + EnvironmentFactory.SETTING).isPresent()
                && read(PREVIOUS + "keyring").isPresent()) {
            throw new KeyRefused("there is one root to leave: set BYOK_PREVIOUS_ENCRYPTION_KEY or"
                    + " byok.previous-keyring, not both");
        }
        return read(PREVIOUS + "kek")
                .or(() -> read(PREVIOUS + EnvironmentFactory.SETTING).map(_ -> EnvironmentFactory.WORD))
                .or(() -> read(PREVIOUS + "keyring").map(_ -> KeyringFileFactory.WORD));
    }

    private Map<KeyChain, KekProvider> open(String prefix, String word, Surroundings surroundings) {
        RootFactory kind = kinds.get(word);
        if (kind == null) {
            throw new KeyRefused(prefix + "kek is '" + shown(word) + "', which is none of "
                    + String.join(", ", kinds.keySet()) + "; the cloud's kinds are jars of their own, see"
                    + " docs/vault.md");
        }
        return kind.open(new RootSettings(source, prefix, word), surroundings);
    }

    /** A key pasted into the wrong setting must not be printed. */
    private static String shown(String word) {
        return word.matches("[a-z0-9-]{1,20}") ? word : "...";
    }

    private Optional<String> read(String property) {
        return Optional.ofNullable(source.get(property)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
