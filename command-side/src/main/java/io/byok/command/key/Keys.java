package io.byok.command.key;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Decided;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.key.domain.Key;
import io.byok.command.key.domain.KeyCommand;
import io.byok.command.key.domain.KeyRefusal;
import io.byok.command.store.Row;
import io.byok.command.vault.Credential;
import io.byok.command.vault.CredentialDestroyed;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyNotFound;
import io.byok.platform.web.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends commands to keys, with whatever must become durable together with their events. */
final class Keys {

    private final Commands commands;
    private final KeyHeads heads;
    private final KeyRows rows;
    private final CredentialVault vault;

    Keys(Commands commands, KeyHeads heads, KeyRows rows, CredentialVault vault) {
        this.commands = commands;
        this.heads = heads;
        this.rows = rows;
        this.vault = vault;
    }

    /** Whose key it is. @throws Rejection when the caller reaches no such key, whatever others have */
    KeyHead head(Caller caller, String keyId) {
        return heads.find(caller, keyId).orElseThrow(() -> Rejection.of(KeyNotFound.KEY_NOT_FOUND));
    }

    /** A new key of an end user, with its credential. */
    Receipt<Key> add(
            TenantId tenant,
            SubjectId subject,
            KeyCommand.AddKey command,
            Credential credential,
            Provenance by,
            Optional<IdempotencyRecord> remember) {
        return send(order(tenant, subject, command, by, null), sealing(tenant, subject, credential, remember));
    }

    /** A new version of a key. The version's number is decided, so the credential is sealed after the decision. */
    Receipt<Key> rotate(
            KeyHead head,
            KeyCommand.RotateKey command,
            Credential credential,
            Provenance by,
            @Nullable Long expectedVersion,
            Optional<IdempotencyRecord> remember) {
        return send(
                order(head.tenant(), head.subject(), command, by, expectedVersion),
                sealing(head.tenant(), head.subject(), credential, remember));
    }

    /** Any command that brings no credential. */
    Receipt<Key> send(
            KeyHead head,
            KeyCommand command,
            Provenance by,
            @Nullable Long expectedVersion,
            Optional<IdempotencyRecord> remember) {
        return send(
                order(head.tenant(), head.subject(), command, by, expectedVersion),
                decided -> rows.of(head.tenant(), head.subject(), decided, remember, null));
    }

    private Function<Decided<Key>, List<Row<?>>> sealing(
            TenantId tenant, SubjectId subject, Credential credential, Optional<IdempotencyRecord> remember) {
        return decided -> {
            Key.Facts facts = ((Key.Present) decided.state()).facts();
            try {
                var sealed =
                        vault.seal(tenant, subject, facts.id(), facts.current().number(), credential);
                return rows.of(tenant, subject, decided, remember, sealed);
            } catch (CredentialDestroyed meanwhile) {
                throw Rejection.of(KeyRefusal.DELETED);
            }
        };
    }

    private Receipt<Key> send(Order<KeyCommand> order, Function<Decided<Key>, List<Row<?>>> alongside) {
        return commands.send(order, alongside);
    }

    private static Order<KeyCommand> order(
            TenantId tenant, SubjectId subject, KeyCommand command, Provenance by, @Nullable Long expectedVersion) {
        return new Order<>(KeyCommand.class, command, StreamId.of(command.key()), tenant, subject, by, expectedVersion);
    }
}
