package io.byok.platform.seal;

/** Proves at the start that a node's roots fit a database, before anything is sealed under a wrong one. */
final class RootProof {

    private RootProof() {}

    /** Opens one wrap per version of a root. @throws KeyRefused when this node's roots do not open what is there */
    static void of(Roots roots, KekWraps wraps, TenantKekTable table) {
        for (KeyChain chain : roots.chains()) {
            for (TenantKekTable.Row row : table.onePerRootVersion(chain)) {
                prove(roots, wraps, row);
            }
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
