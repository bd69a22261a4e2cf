package io.byok.platform.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a small text that must not be lost: after a crash at any moment there is the old one or the new one, whole. */
public final class DurableFile {

    private DurableFile() {}

    /** Returns when it is on disk. The file is readable by its owner only. */
    public static void replace(Path target, String text) throws IOException {
        AtomicFile.replace(target, text.getBytes(StandardCharsets.UTF_8));
    }
}
