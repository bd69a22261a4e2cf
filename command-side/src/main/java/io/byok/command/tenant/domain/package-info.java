/** The rules of a tenant, pure. */
@NullMarked
package io.byok.command.tenant.domain;

import org.jspecify.annotations.NullMarked;
