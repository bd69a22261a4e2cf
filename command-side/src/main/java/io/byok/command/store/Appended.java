package io.byok.command.store;

/**
 * Where an entry stands in the log, inclusive. An entry without events has {@code firstPosition = lastPosition + 1},
 * where {@code lastPosition} is the position of the last event before it.
 */
public record Appended(long firstPosition, long lastPosition) {}
