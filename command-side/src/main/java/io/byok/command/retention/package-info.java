/** Retention: for how long records of uses are kept. A year that is over is let go by destroying its audit key. */
@NullMarked
package io.byok.command.retention;

import org.jspecify.annotations.NullMarked;
