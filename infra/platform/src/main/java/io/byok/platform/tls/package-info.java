/**
 * TLS of both planes, from one certificate and key in PEM files that may be replaced while the server runs.
 *
 * <p>Starting point: {@link io.byok.platform.tls.ServingCertificate}.
 */
@NullMarked
package io.byok.platform.tls;

import org.jspecify.annotations.NullMarked;
