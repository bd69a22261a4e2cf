/**
 * Whether keys work: asks providers on save, on demand, by schedule and when live use fails; keeps state and score of each
 * key; reminds of dates. Starting point: {@link io.byok.command.validation.Validation}.
 */
@NullMarked
package io.byok.command.validation;

import org.jspecify.annotations.NullMarked;
