/**
 * The key list: which provider keys there are and how they stand. Never a credential; this side of the house has none.
 *
 * <p>Starting points: {@link io.byok.query.key.KeyProjector}, {@link io.byok.query.key.KeyController}.
 */
@NullMarked
package io.byok.query.key;

import org.jspecify.annotations.NullMarked;
