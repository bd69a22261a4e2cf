/** End users: from the application's own id to a random one. */
@NullMarked
package io.byok.command.subject;

import org.jspecify.annotations.NullMarked;
