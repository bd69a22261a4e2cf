package io.byok.command.key;

import io.byok.command.bus.Decided;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.key.domain.Key;
import io.byok.command.key.domain.Version;
import io.byok.command.store.Row;
import io.byok.command.vault.CredentialVault;
import io.byok.command.vault.SealedCredential;
import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written in the transaction of a key's events. */
final class KeyRows {

    private final KeyHeads heads;
    private final IdempotencyRecords idempotency;
    private final CredentialRows credentials;
    private final CredentialEnds ends;

    KeyRows(KeyHeads heads, IdempotencyRecords idempotency, CredentialVault vault) {
        this.heads = heads;
        this.idempotency = idempotency;
        this.credentials = new CredentialRows(vault);
        this.ends = new CredentialEnds(vault);
    }

    /** The head after the events, what was remembered for a repeat, a new credential, and the ends of old ones. */
    List<Row<?>> of(
            TenantId tenant,
            SubjectId subject,
            Decided<Key> decided,
            Optional<IdempotencyRecord> remember,
            @Nullable SealedCredential sealed) {
        if (!(decided.state() instanceof Key.Present key)) {
            return List.of();
        }
        List<Row<?>> rows = new ArrayList<>();
        KeyId id = key.facts().id();
        remember.ifPresent(
                record -> rows.add(new Row<>(idempotency, record.showing(StreamId.of(id), decided.version()))));
        if (!decided.changed()) {
            return rows;
        }
        rows.add(new Row<>(heads, head(tenant, subject, key, decided.version())));
        if (sealed != null) {
            rows.add(new Row<>(credentials, sealed));
        }
        if (key instanceof Key.Deleted) {
            rows.add(new Row<>(
                    ends, new CredentialEnds.End.OfKey(tenant, id, key.facts().updatedAt())));
        } else {
            key.facts().versions().stream()
                    .filter(version -> version instanceof Version.Retired retired
                            && retired.retiredAt().equals(key.facts().updatedAt()))
                    .forEach(version ->
                            rows.add(new Row<>(ends, new CredentialEnds.End.OfVersion(id, version.number()))));
        }
        return rows;
    }

    private static KeyHead head(TenantId tenant, SubjectId subject, Key.Present key, long version) {
        Key.Facts facts = key.facts();
        return new KeyHead(
                facts.id(),
                tenant,
                subject,
                facts.provider(),
                facts.environment(),
                switch (key) {
                    case Key.Active _ -> KeyHead.Status.ACTIVE;
                    case Key.Disabled _ -> KeyHead.Status.DISABLED;
                    case Key.Revoked _ -> KeyHead.Status.REVOKED;
                    case Key.Deleted _ -> KeyHead.Status.DELETED;
                },
                facts.current().number(),
                version,
                facts.policy(),
                facts.versions().stream()
                        .<KeyHead.Previous>mapMulti((one, out) -> {
                            if (one instanceof Version.Retiring retiring) {
                                out.accept(new KeyHead.Previous(retiring.number(), retiring.until()));
                            }
                        })
                        .findFirst()
                        .orElse(null),
                facts.current().since(),
                facts.createdAt());
    }
}
