/** The rules of an API token, pure. */
@NullMarked
package io.byok.command.access.domain;

import org.jspecify.annotations.NullMarked;
