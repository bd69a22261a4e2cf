/** The rules of a provider key's life, pure: {@link io.byok.command.key.domain.KeyDecider} is all of them. */
@NullMarked
package io.byok.command.key.domain;

import org.jspecify.annotations.NullMarked;
