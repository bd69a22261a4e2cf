/**
 * Recognising callers by opaque API tokens, for every listener alike; no servlet types here. A token is text with a
 * checksum ({@link io.byok.platform.access.TokenText}), known to the database by its keyed hash only
 * ({@link io.byok.platform.access.TokenHasher}), and looked up through a cache that forgets within a second
 * ({@link io.byok.platform.access.TokenVerifier}).
 */
@NullMarked
package io.byok.platform.access;

import org.jspecify.annotations.NullMarked;
