package io.byok.platform.seal;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads what rotation may be moving. Between reading a row and finding the key that it names, the row may have been
 * wrapped again and the old key destroyed: the key's absence then proves nothing, and the row is read again.
 */
public final class Rereading {

    private Rereading() {}

    /**
     * What the row opens to; empty when there is no row, or when the key it names is gone and it still names it.
     *
     * @param wrapped the part of the row that another wrap would change
     */
    public static <R, T> Optional<T> until(
            Supplier<Optional<R>> row, Function<R, byte[]> wrapped, Function<R, Optional<T>> open) {
        Optional<R> read = row.get();
        while (read.isPresent()) {
            Optional<T> opened = open.apply(read.get());
            if (opened.isPresent()) {
                return opened;
            }
            Optional<R> again = row.get();
            if (again.isPresent() && Arrays.equals(wrapped.apply(again.get()), wrapped.apply(read.get()))) {
                return Optional.empty();
            }
            read = again;
        }
        return Optional.empty();
    }
}
