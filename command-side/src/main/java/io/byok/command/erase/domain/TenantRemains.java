package io.byok.command.erase.domain;

import io.byok.kernel.erase.DestroyedKey;
import java.util.List;

/**
 * What opens what a tenant has, after nothing more can be added and before it is destroyed.
 *
 * @param keks its key-encryption keys
 * @param dataKeys how many keys are under them, those of credentials included
 * @param credentials how many sealed versions there are
 * @param tombstones SHA-256 of the lines that name those keys
 */
public record TenantRemains(List<DestroyedKey> keks, long dataKeys, long credentials, String tombstones) {}
