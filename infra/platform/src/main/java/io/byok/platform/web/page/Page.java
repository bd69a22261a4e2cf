package io.byok.platform.web.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a list. @param nextCursor where the next part begins, absent on the last one */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

    /** @param found up to one more than the page holds, which tells whether there is a next one */
    public static <T> Page<T> of(List<T> found, int most, Function<T, String> cursorAfter) {
        if (found.size() <= most) {
            return new Page<>(List.copyOf(found), null);
        }
        List<T> data = List.copyOf(found.subList(0, most));
        return new Page<>(data, cursorAfter.apply(data.getLast()));
    }
}
