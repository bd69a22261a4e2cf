package io.byok.platform.seal;

import java.util.UUID;

/** Tenants' key-encryption keys as roots wrap them: each bound to its root, tenant, chain and version. */
final class KekWraps {

    private final Roots roots;

    KekWraps(Roots roots) {
        this.roots = roots;
    }

    /** A row for this key, under the newest version that this node knows of the current root. */
    TenantKekTable.Row wrap(TenantKeks.Name name, SealingKey key) {
        BoundRoot root = roots.current(name.chain());
        UUID id = root.describe().root();
        return row(name, id, root.wrap(key, place(id, name)));
    }

    /** The key, owned by the caller. */
    SealingKey unwrap(TenantKekTable.Row row) {
        byte[] secret = roots.named(row.chain(), row.root()).unwrap(row.wrapped(), place(row.root(), row.name()));
        return SealingKey.owning(row.kek(), row.version(), secret);
    }

    /**
     * The row under the newest version of the current root. The new wrap has been opened, in its place, and gave the same
     * key: whoever stores it may drop the old one.
     *
     * @throws SealBroken when the old wrap does not open, or the new one gives anything else
     */
    TenantKekTable.Row rewrap(TenantKekTable.Row row) {
        BoundRoot from = roots.named(row.chain(), row.root());
        BoundRoot to = roots.current(row.chain());
        try (SealingKey key = unwrap(row)) {
            // Within one root its provider may do it behind its walls; from root to root the key passes through here.
            TenantKekTable.Row moved = from == to
                    ? row(row.name(), row.root(), to.rewrap(row.wrapped(), place(row.root(), row.name())))
                    : wrap(row.name(), key);
            try (SealingKey again = unwrap(moved)) {
                again.requireSameAs(key);
            }
            return moved;
        }
    }

    private static TenantKekTable.Row row(TenantKeks.Name name, UUID root, WrappedKek wrapped) {
        return new TenantKekTable.Row(name.tenant(), name.chain(), name.kek(), name.version(), root, wrapped);
    }

    private static Aad place(UUID root, TenantKeks.Name child) {
        return Aad.wrappedKey(
                child.tenant(),
                root,
                0,
                child.kek(),
                child.version(),
                child.chain().word(),
                DataKeyRef.NOBODY);
    }
}
