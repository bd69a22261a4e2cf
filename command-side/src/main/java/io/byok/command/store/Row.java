package io.byok.command.store;

/** A value to be written beside an entry's events. */
public record Row<T>(Alongside<T> kind, T value) {}
