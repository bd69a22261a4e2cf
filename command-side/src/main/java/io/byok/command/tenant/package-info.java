/** Tenants, made by the operator. */
@NullMarked
package io.byok.command.tenant;

import org.jspecify.annotations.NullMarked;
