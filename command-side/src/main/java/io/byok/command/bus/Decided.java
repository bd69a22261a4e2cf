package io.byok.command.bus;

/**
 * What a shell answers before the commit.
 *
 * @param state the state after the events
 * @param version the sequence of the last event, the number in the ETag
 * @param changed whether there were events
 */
public record Decided<S>(S state, long version, boolean changed) {}
