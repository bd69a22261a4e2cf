package io.byok.query.feed;

/**
 * What a read model says of one day.
 *
 * @param table of the read model
 * @param day in UTC, such as {@code 2026-11-23}
 * @param digest SHA-256 over the rows of that day, in hex
 */
public record Day(String table, String day, String digest) {}
