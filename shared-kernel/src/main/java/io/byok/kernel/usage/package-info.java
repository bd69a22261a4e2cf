/** What was consumed with a key, and what it cost. */
@NullMarked
package io.byok.kernel.usage;

import org.jspecify.annotations.NullMarked;
