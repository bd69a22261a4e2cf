package io.byok.query.audit.tree;

import io.byok.query.web.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is exported: what lies in both ranges, without holes.
 *
 * @param first index, inclusive, absent for the beginning
 * @param end index, exclusive, absent for the end
 * @param since size of an older state that the receiver holds, absent for none
 * @param words whether the words of uses go with their leaves
 */
record ExportRange(
        @Nullable Long first,
        @Nullable Long end,
        TimeRange time,
        @Nullable Long since,
        boolean words) {}
