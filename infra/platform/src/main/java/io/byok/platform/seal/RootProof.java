package io.byok.platform.seal;

/** Proves at the start that a node's roots fit a database, before anything is sealed under a wrong one. */
final class RootProof {

    private RootProof() {}

    /** Opens one wrap per version of a root. @throws KeyRefused when this node's roots do not open what is there */
    static void of(Roots roots, KekWraps wraps, TenantKekTable table, RootVersions versions) {
        for (KeyChain chain : roots.chains()) {
            for (TenantKekTable.Row row : table.onePerRootVersion(chain)) {
                prove(roots, wraps, row);
            }
            refuseRetired(chain, roots.current(chain).describe(), versions);
        }
    }

    // Everything that is to be wrapped under it would be refused one by one; better to say so at once.
    private static void refuseRetired(KeyChain chain, KekProvider.Description root, RootVersions versions) {
        if (versions.isRetired(chain, root.root(), root.newest())) {
            throw new KeyRefused(
                    "the root key of chain " + chain.word() + " was left by a rotation and is not taken back;"
                            + " put the present keyring back, or move to a new key");
        }
    }

    private static void prove(Roots roots, KekWraps wraps, TenantKekTable.Row row) {
        String chain = row.chain().word();
        if (!roots.knows(row.chain(), row.root())) {
            throw new KeyRefused("the root key of chain " + chain + " is not the one this database was sealed with;"
                    + " put the right keyring back, or name the key to leave in BYOK_PREVIOUS_ENCRYPTION_KEY");
        }
        if (!roots.named(row.chain(), row.root()).has(row.wrapped().rootVersion())) {
            throw new KeyRefused("the keyring and the database are of different age: it lacks version "
                    + row.wrapped().rootVersion() + " of the root of chain " + chain + "; put the right keyring back");
        }
        try (SealingKey key = wraps.unwrap(row)) {
            key.id();
        } catch (SealBroken wrong) {
            throw new KeyRefused("the root key of chain " + chain
                    + " is not the one this database was sealed with; put the right keyring back");
        }
    }
}
