/** Recognising people and programs by the JWTs of an issuer that the operator trusts. Off unless an issuer is set. */
@NullMarked
package io.byok.platform.access.oidc;

import org.jspecify.annotations.NullMarked;
