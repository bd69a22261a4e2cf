package io.byok.kernel.erase;

/**
 * Events of one stream, or of all streams of a kind that has many, such as {@code usage}.
 *
 * @param stream {@code key/<uuid>}, or {@code usage}
 * @param events how many
 * @param first position of the first
 * @param last position of the last
 */
public record HistorySpan(String stream, long events, long first, long last) {}
