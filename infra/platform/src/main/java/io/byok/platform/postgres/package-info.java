/** What both sides must agree on about the one PostgreSQL they share. */
@NullMarked
package io.byok.platform.postgres;

import org.jspecify.annotations.NullMarked;
