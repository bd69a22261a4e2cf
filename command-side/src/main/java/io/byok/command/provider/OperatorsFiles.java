package io.byok.command.provider;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the operator's directory. What cannot be read ends the start with one line, as what cannot be used. */
final class OperatorsFiles {

    private static final long LARGEST = 1 << 20;

    private OperatorsFiles() {}

    /** Sorted by name. Other files may lie beside them, but none that somebody may believe to be read. */
    static List<Path> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new BrokenCatalogue(directory.toString(), "", "is not a directory (byok.providers.dir)");
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.sorted().toList();
            for (Path file : all) {
                if (file.toString().endsWith(".yml")) {
                    throw new BrokenCatalogue(file.toString(), "", "is not read; files of the catalogue end in .yaml");
                }
            }
            return all.stream()
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .toList();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new BrokenCatalogue(file.toString(), "", "is not a file");
            }
            if (Files.size(file) > LARGEST) {
                throw new BrokenCatalogue(file.toString(), "", "is larger than any catalogue file");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new BrokenCatalogue(file.toString(), "", "is not UTF-8");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static BrokenCatalogue unreadable(Path path, IOException e) {
        return new BrokenCatalogue(
                path.toString(), "", "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
}
