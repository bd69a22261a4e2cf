/** API tokens and what they may do. */
@NullMarked
package io.byok.kernel.access;

import org.jspecify.annotations.NullMarked;
