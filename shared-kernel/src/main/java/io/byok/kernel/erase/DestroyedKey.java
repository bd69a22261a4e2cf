package io.byok.kernel.erase;

/**
 * A wrapped data key that was deleted.
 *
 * @param id as in the headers of what it sealed
 * @param kind {@code subject}, {@code credential} or {@code audit}
 * @param wrapHash SHA-256 of the wrap, 64 hex digits
 */
public record DestroyedKey(String id, int version, String kind, String wrapHash) {}
