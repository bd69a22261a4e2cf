/** What the tests of the read side share. */
@NullMarked
package io.byok.query;

import org.jspecify.annotations.NullMarked;
