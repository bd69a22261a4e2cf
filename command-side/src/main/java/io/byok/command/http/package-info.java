/** How commands answer over HTTP: once per idempotency key, with the position that a read can wait for. */
@NullMarked
package io.byok.command.http;

import org.jspecify.annotations.NullMarked;
