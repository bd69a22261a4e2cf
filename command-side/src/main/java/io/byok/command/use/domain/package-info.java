/** Which key serves, and why not the others: {@link io.byok.command.use.domain.Resolution}, pure. */
@NullMarked
package io.byok.command.use.domain;

import org.jspecify.annotations.NullMarked;
