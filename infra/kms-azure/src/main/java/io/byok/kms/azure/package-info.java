/**
 * Roots in Azure Key Vault or Managed HSM, over the vendor's client.
 *
 * <p>Starting point: {@link io.byok.kms.azure.AzureKey}.
 */
@NullMarked
package io.byok.kms.azure;

import org.jspecify.annotations.NullMarked;
