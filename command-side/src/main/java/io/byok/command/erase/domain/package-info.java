/** The rules of an erasure, pure: {@link io.byok.command.erase.domain.ErasureDecider} is all of them. */
@NullMarked
package io.byok.command.erase.domain;

import org.jspecify.annotations.NullMarked;
