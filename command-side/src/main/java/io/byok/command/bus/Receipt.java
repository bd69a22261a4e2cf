package io.byok.command.bus;

/**
 * A command that is durable.
 *
 * @param state the state after it
 * @param version the aggregate's version after it
 * @param position a read that has applied this position sees it
 */
public record Receipt<S>(S state, long version, long position) {}
