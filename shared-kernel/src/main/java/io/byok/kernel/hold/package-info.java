/** What happens to legal holds. */
@NullMarked
package io.byok.kernel.hold;

import org.jspecify.annotations.NullMarked;
