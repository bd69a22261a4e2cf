/**
 * Roots in Google Cloud KMS, over the vendor's REST client.
 *
 * <p>Starting point: {@link io.byok.kms.google.GoogleKey}.
 */
@NullMarked
package io.byok.kms.google;

import org.jspecify.annotations.NullMarked;
