package io.byok.kernel.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How people recognise a key.
 *
 * @param tags distinct and sorted
 */
public record KeyLabel(@Nullable String alias, @Nullable String description, List<String> tags) {

    public KeyLabel {
        tags = tags.stream().distinct().sorted().toList();
    }
}
