/** Who comes in: one door for all listeners, so that none of them is easier to pass than another. */
@NullMarked
package io.byok.platform.web.door;

import org.jspecify.annotations.NullMarked;
