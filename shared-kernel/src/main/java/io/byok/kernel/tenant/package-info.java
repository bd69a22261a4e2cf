/** A customer of the operator; the wall that nothing crosses. */
@NullMarked
package io.byok.kernel.tenant;

import org.jspecify.annotations.NullMarked;
