package io.byok.platform.seal.root;

import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings below one prefix. Blank counts as absent. What is wrong is {@link KeyRefused}, with the setting's name. */
public final class RootSettings {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Where settings come from: Spring's environment, with its names for environment variables. */
    public interface Source {
        @Nullable
        String get(String property);
    }

    private final Source source;
    private final String prefix;
    private final String general;
    private final String own;

    /**
     * @param prefix {@code byok.} for the current root, {@code byok.previous-} for the one to leave
     * @param word of the kind
     */
    public RootSettings(Source source, String prefix, String word) {
        this.source = source;
        this.prefix = prefix;
        this.general = prefix + "kek.";
        this.own = general + word + ".";
    }

    /** A setting that has no kind in its name, for it is older than the kinds. */
    Optional<String> elder(String name) {
        return read(prefix + name);
    }

    /** A setting of the whole server. */
    Optional<String> ofServer(String name) {
        return read("byok." + name);
    }

    /** Whether this is the root that wraps, and not one that is to be left. */
    boolean current() {
        return prefix.equals("byok.");
    }

    public Optional<String> find(String name) {
        return read(own + name);
    }

    public String get(String name, String otherwise) {
        return find(name).orElse(otherwise);
    }

    public String need(String name) {
        return find(name).orElseThrow(() -> new KeyRefused(named(own + name) + " is not set"));
    }

    public Optional<Path> path(String name) {
        return find(name).map(Path::of);
    }

    /** An address that secrets may be sent to: https, or http to this machine itself. */
    public URI address(String name) {
        return address(name, need(name));
    }

    /** As {@link #address(String)}, for one that has a default. */
    public URI address(String name, String text) {
        URI address;
        try {
            address = URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException none) {
            throw new KeyRefused(named(own + name) + " is no address");
        }
        boolean here = address.getHost() != null
                && Set.of("localhost", "127.0.0.1", "[::1]").contains(address.getHost());
        if (!"https".equals(address.getScheme()) && !(here && "http".equals(address.getScheme()))) {
            throw new KeyRefused(named(own + name) + " must begin with https://: keys travel there");
        }
        return address;
    }

    /** How long one call to the provider may take. */
    public Duration timeout() {
        return read(general + "timeout").map(this::duration).orElse(Duration.ofSeconds(2));
    }

    private Duration duration(String text) {
        try {
            Duration given = Duration.parse(
                    text.endsWith("ms")
                            ? "PT" + Long.parseLong(text.substring(0, text.length() - 2)) / 1000.0 + "S"
                            : "PT" + text.toUpperCase(Locale.ROOT));
            if (given.compareTo(SHORTEST) >= 0 && given.compareTo(LONGEST) <= 0) {
                return given;
            }
        } catch (RuntimeException none) {
            // said below
        }
        throw new KeyRefused(named(general + "timeout") + " must be between 50ms and 30s");
    }

    /** The chains that this node is to have: all, or those of {@code byok.kek.chains}. */
    public Set<KeyChain> chains() {
        Set<KeyChain> chains = EnumSet.noneOf(KeyChain.class);
        for (String word : read(general + "chains").orElse("events,credentials").split(",")) {
            chains.add(Arrays.stream(KeyChain.values())
                    .filter(chain -> chain.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new KeyRefused(
                            named(general + "chains") + " must be events, credentials, or both with a comma")));
        }
        return chains;
    }

    /**
     * The name of the key of each chain, from the setting with the name of the chain.
     *
     * @param otherwise what a chain's key is called when that is not set; null when it has to be
     */
    public Map<KeyChain, String> keys(@Nullable UnaryOperator<String> otherwise) {
        Map<KeyChain, String> keys = new EnumMap<>(KeyChain.class);
        for (KeyChain chain : chains()) {
            keys.put(chain, otherwise == null ? need(chain.word()) : get(chain.word(), otherwise.apply(chain.word())));
        }
        if (new HashSet<>(keys.values()).size() < keys.size()) {
            throw new KeyRefused(own + "events and " + own + "credentials name the same key; two chains need two");
        }
        return keys;
    }

    private Optional<String> read(String property) {
        return Optional.ofNullable(source.get(property)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A setting as its operator may write it, for a message. */
    String named(String full) {
        return full + " (" + full.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') + ")";
    }
}
