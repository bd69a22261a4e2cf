/** The rules of a legal hold, pure: {@link io.byok.command.hold.domain.HoldDecider} is all of them. */
@NullMarked
package io.byok.command.hold.domain;

import org.jspecify.annotations.NullMarked;
