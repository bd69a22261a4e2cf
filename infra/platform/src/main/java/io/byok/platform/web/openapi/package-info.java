/**
 * The server's own description, OpenAPI 3.1: made from the controllers, completed in one place with what holds for every
 * operation (credential, scopes, headers, problems), the same bytes for the same code. Starting point:
 * {@link io.byok.platform.web.openapi.EveryOperation}.
 */
@NullMarked
package io.byok.platform.web.openapi;

import org.jspecify.annotations.NullMarked;
