package io.byok.command.http;

import io.byok.platform.web.ExpectedVersion;
import org.jspecify.annotations.Nullable;

/** Between the header and the order: {@code *} and no header both mean any version, for what does not exist is 404. */
public final class IfMatch {

    private IfMatch() {}

    /** The one version a command is meant for, absent for any. */
    public static @Nullable Long version(@Nullable ExpectedVersion ifMatch) {
        return ifMatch == null || ifMatch.version().isEmpty()
                ? null
                : Long.valueOf(ifMatch.version().getAsLong());
    }
}
