package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs Project Wycheproof's vectors, which are not part of this repository: they lie in {@code shared/wycheproof} beside
 * it, or where the property {@code byok.wycheproof} or the variable {@code BYOK_WYCHEPROOF} says. Skipped when absent.
 */
final class Wycheproof {

    /** How many vectors were accepted and rejected, each as it should be. */
    record Count(int accepted, int rejected) {}

    /** Whether an implementation accepts a vector; a refusal may also be an exception, but no missing algorithm. */
    @FunctionalInterface
    interface Check {
        boolean accepts(JsonNode group, JsonNode vector) throws GeneralSecurityException;
    }

    private Wycheproof() {}

    static Count run(String file, Check check) {
        JsonNode vectors = new JsonMapper().readTree(folder().resolve(file));
        int accepted = 0;
        int rejected = 0;
        for (JsonNode group : vectors.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                boolean accepts = accepts(check, group, vector);
                assertThat(accepts)
                        .as("%s, vector %s (%s)", file, vector.get("tcId"), vector.get("comment"))
                        .isEqualTo(vector.get("result").asString().equals("valid"));
                if (accepts) {
                    accepted++;
                } else {
                    rejected++;
                }
            }
        }
        assertThat(accepted + rejected).isEqualTo(vectors.get("numberOfTests").asInt());
        return new Count(accepted, rejected);
    }

    // A misspelt algorithm rejects every invalid vector, too: it must not look like a pass.
    private static boolean accepts(Check check, JsonNode group, JsonNode vector) {
        try {
            return check.accepts(group, vector);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("not tested at all", missing);
        } catch (GeneralSecurityException | IllegalArgumentException refused) {
            return false;
        }
    }

    static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asString());
    }

    private static Path folder() {
        Optional<Path> found = Optional.ofNullable(
                        System.getProperty("byok.wycheproof", System.getenv("BYOK_WYCHEPROOF")))
                .map(Path::of)
                .or(Wycheproof::beside);
        Assumptions.assumeTrue(found.isPresent(), "skipped: no Wycheproof vectors in ../shared/wycheproof");
        return found.orElseThrow();
    }

    private static Optional<Path> beside() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/wycheproof");
            if (Files.isDirectory(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
