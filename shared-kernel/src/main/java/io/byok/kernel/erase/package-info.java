/** The erasure of an end user: asked for, carried out, proved. */
@NullMarked
package io.byok.kernel.erase;

import org.jspecify.annotations.NullMarked;
