package io.byok.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** What a person sees when the server is ready: where it is, and something to paste. */
final class FirstSteps {

    private FirstSteps() {}

    /**
     * Prints the token itself only at the start that made it; later starts name its file.
     *
     * @param begin when this start began
     */
    static void print(Consumer<String> say, ServeOptions options, Path tokenFile, Instant begin) {
        double took = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        say.accept(String.format(Locale.ROOT, "ready at %s after %.1f s", options.controlUrl(), took));
        if (!options.role.includes(Role.COMMAND) || !Files.exists(tokenFile)) {
            return;
        }
        try {
            boolean fresh = !Files.getLastModifiedTime(tokenFile).toInstant().isBefore(begin);
            if (fresh) {
                String token = Files.readString(tokenFile).strip();
                say.accept("first API token, shown once (kept in " + tokenFile + ", stored as a hash): " + token);
                say.accept("add a key:\n" + curl(options, token));
            } else {
                say.accept("the first API token is in " + tokenFile);
            }
        } catch (IOException e) {
            say.accept("cannot read " + tokenFile + ": " + e.getMessage());
        }
    }

    private static String curl(ServeOptions options, String token) {
        return """
                curl -s %s/v1/users/ada/keys \\
                  -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' \\
                  -d '{"provider":"openai","validate":"never","credential":{"apiKey":"sk-proj-%s"}}'
                """.formatted(options.controlUrl(), token, "0123456789abcdefghijABCDEFGHIJ0123456789abcdefgh");
    }
}
