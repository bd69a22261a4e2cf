/**
 * The side that decides: owns the event store and the vault. Each feature is a package; this one puts them together.
 */
@NullMarked
package io.byok.command;

import org.jspecify.annotations.NullMarked;
