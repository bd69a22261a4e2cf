/** What providers said about keys, and what is due on keys. */
@NullMarked
package io.byok.kernel.validation;

import org.jspecify.annotations.NullMarked;
