/** The rules of a rotation, pure. */
@NullMarked
package io.byok.command.rotation.domain;

import org.jspecify.annotations.NullMarked;
