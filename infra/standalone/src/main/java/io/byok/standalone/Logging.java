package io.byok.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the log goes, decided before the first logger is made. The names are those that logback.xml reads. */
final class Logging {

    private Logging() {}

    /**
     * @param file the log's file, or null for the console
     * @param environment asked for {@code BYOK_LOG_FORMAT} ({@code text} or {@code json}) and {@code BYOK_LOG_LEVEL}
     */
    static void to(@Nullable Path file, Map<String, String> environment) {
        String target = file == null ? "console" : "file";
        String format = environment.getOrDefault("BYOK_LOG_FORMAT", "text");
        System.setProperty("byok.log.appender", target + "-" + format);
        System.setProperty("byok.log.level", environment.getOrDefault("BYOK_LOG_LEVEL", "INFO"));
        if (file != null) {
            System.setProperty("byok.log.file", file.toString());
        }
    }
}
