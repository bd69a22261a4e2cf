/** API tokens: made, listed masked, revoked. Recognising them is the platform's. */
@NullMarked
package io.byok.command.access;

import org.jspecify.annotations.NullMarked;
