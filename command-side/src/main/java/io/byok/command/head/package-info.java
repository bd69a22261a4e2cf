/**
 * What must be true at once: the write side's one read model, written in the transaction of the events it follows from.
 * See decision record 0001.
 */
@NullMarked
package io.byok.command.head;

import org.jspecify.annotations.NullMarked;
