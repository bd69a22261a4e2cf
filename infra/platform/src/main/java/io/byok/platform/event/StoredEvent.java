package io.byok.platform.event;

/**
 * A sealed event and its place in the log.
 *
 * @param position dense, from 1, in the order of commits
 */
public record StoredEvent(long position, SealedEvent event) {}
