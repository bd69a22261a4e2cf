/** Every single use of a secret. */
@NullMarked
package io.byok.kernel.use;

import org.jspecify.annotations.NullMarked;
