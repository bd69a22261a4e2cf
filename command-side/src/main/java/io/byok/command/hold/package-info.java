/** Legal holds: what must not be pruned or erased. Placed by two and lifted by two. */
@NullMarked
package io.byok.command.hold;

import org.jspecify.annotations.NullMarked;
