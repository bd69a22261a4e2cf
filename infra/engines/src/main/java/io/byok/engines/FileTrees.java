package io.byok.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directory trees. */
public final class FileTrees {

    private FileTrees() {}

    /** Deletes the tree, and does not mind files that vanish meanwhile. Links are removed, not followed. */
    public static void delete(Path root) {
        try {
            deleteTree(root);
        } catch (IOException e) {
            throw new EngineException("cannot delete " + root + ": " + e.getMessage(), e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(root)) {
            found = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : found) {
            Files.deleteIfExists(path);
        }
    }
}
