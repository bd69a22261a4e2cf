/** What happens to a tenant's retention. */
@NullMarked
package io.byok.kernel.retention;

import org.jspecify.annotations.NullMarked;
