/**
 * The listener, guarded: a request passes {@link io.byok.platform.web.http.RequestFrame} (id, headers, encoding, the last
 * catch), the security chain (who calls), the routing (is there anything), {@link io.byok.platform.web.http.ScopeGuard}
 * (may they), {@link io.byok.platform.web.http.BodyGuard} (is the body one), and only then a controller. The order is a
 * promise: a caller learns nothing about a step before having passed the ones before it.
 *
 * <p>Starting point: {@link io.byok.platform.web.http.HttpWiring}, the one class to import.
 */
@NullMarked
package io.byok.platform.web.http;

import org.jspecify.annotations.NullMarked;
