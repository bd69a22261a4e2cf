package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes tenants' key-encryption keys: random, wrapped by the root, stored once however many nodes try. */
final class KekMaker {

    private final TenantKekTable table;
    private final Roots roots;
    private final KekWraps wraps;

    KekMaker(TenantKekTable table, Roots roots, KekWraps wraps) {
        this.table = table;
        this.roots = roots;
        this.wraps = wraps;
    }

    /** The first version. Two nodes may both make one; the first insert wins, both read it back, the other is unused. */
    TenantKeks.Name first(TenantId tenant, KeyChain chain) {
        try (SealingKey key = SealingKey.random(UUID.randomUUID(), 1)) {
            store(new TenantKeks.Name(tenant, chain, key.id(), key.version()), key, table::insert);
        }
        return table.newest(tenant, chain)
                .orElseThrow(() -> new KeysUnavailable("the tenant's key was destroyed", null))
                .name();
    }

    /** The version after this one. */
    void next(TenantKekTable.Row before) {
        try (SealingKey key = SealingKey.random(before.kek(), before.version() + 1)) {
            TenantKeks.Name name = new TenantKeks.Name(before.tenant(), before.chain(), key.id(), key.version());
            store(name, key, row -> table.insertAfter(before, row));
        }
    }

    private void store(TenantKeks.Name name, SealingKey key, Consumer<TenantKekTable.Row> insert) {
        try {
            insert.accept(wraps.wrap(name, key));
        } catch (RetiredParent old) {
            roots.current(name.chain()).refresh(); // there is a newer version, made by another node
            try {
                insert.accept(wraps.wrap(name, key));
            } catch (RetiredParent still) {
                throw new KeysUnavailable("this node's root lacks its newest version", still);
            }
        }
    }
}
