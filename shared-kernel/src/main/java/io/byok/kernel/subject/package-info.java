/** An end user of a tenant, known in clear only by a random id. */
@NullMarked
package io.byok.kernel.subject;

import org.jspecify.annotations.NullMarked;
