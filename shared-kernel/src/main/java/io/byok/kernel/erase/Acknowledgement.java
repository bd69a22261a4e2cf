package io.byok.kernel.erase;

import java.time.Instant;

/**
 * A store has nothing of the user any more.
 *
 * @param store {@code vault}, {@code kafka}, {@code read-model/<name>} or {@code node/<id>}
 * @param how in a few words
 */
public record Acknowledgement(String store, String how, Instant at) {}
