/** The rules of a chain's life, pure. */
@NullMarked
package io.byok.command.chain.domain;

import org.jspecify.annotations.NullMarked;
