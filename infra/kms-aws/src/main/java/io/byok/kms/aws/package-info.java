/**
 * Roots in AWS KMS, over the vendor's client.
 *
 * <p>Starting point: {@link io.byok.kms.aws.AwsKey}.
 */
@NullMarked
package io.byok.kms.aws;

import org.jspecify.annotations.NullMarked;
