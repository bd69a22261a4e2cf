package io.byok.command.bus;

/** Names a class that is an aggregate's shell; every bean of this type is subscribed to the bus. */
public record AggregateShell(Class<?> type) {}
