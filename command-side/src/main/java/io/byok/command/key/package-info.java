/**
 * The life of a provider key, from HTTP to the event. Rules in {@link io.byok.command.key.domain}.
 *
 * <p>Starting point: {@link io.byok.command.key.KeyController}.
 */
@NullMarked
package io.byok.command.key;

import org.jspecify.annotations.NullMarked;
