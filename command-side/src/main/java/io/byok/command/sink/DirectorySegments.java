package io.byok.command.sink;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of a local directory, for their owner's eyes only: {@code 0000000001.jsonl} and so on. Never writes to an old one. */
final class DirectorySegments implements Segments {

    private static final Pattern NAME = Pattern.compile("[0-9]{10}\\.jsonl");

    private final Path directory;

    /** @param directory made if it is not there */
    DirectorySegments(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
    }

    @Override
    public List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(name -> Long.parseLong(name.substring(0, 10)))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public List<String> lines(long number) throws IOException {
        String text = Files.readString(path(number), StandardCharsets.ISO_8859_1);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList(); // a torn last line is none
    }

    @Override
    public Segment create(long number) throws IOException {
        FileChannel file = FileChannel.open(
                path(number),
                Set.of(CREATE_NEW, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel entries = FileChannel.open(directory, READ)) {
            entries.force(true); // or the file could be gone after a power cut
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new OpenFile(file);
    }

    @Override
    public void delete(long number) throws IOException {
        Files.deleteIfExists(path(number));
    }

    private Path path(long number) {
        return directory.resolve("%010d.jsonl".formatted(number));
    }

    private record OpenFile(FileChannel file) implements Segment {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            file.force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
