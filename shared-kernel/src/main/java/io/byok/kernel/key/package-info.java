/** The life of one provider key of an end user. */
@NullMarked
package io.byok.kernel.key;

import org.jspecify.annotations.NullMarked;
