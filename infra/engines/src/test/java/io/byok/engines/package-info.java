/** The engines on real data directories: restarts, kill -9, secrets. */
@NullMarked
package io.byok.engines;

import org.jspecify.annotations.NullMarked;
