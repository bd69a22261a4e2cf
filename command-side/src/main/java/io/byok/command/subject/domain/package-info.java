/** The rules of an end user, pure. */
@NullMarked
package io.byok.command.subject.domain;

import org.jspecify.annotations.NullMarked;
