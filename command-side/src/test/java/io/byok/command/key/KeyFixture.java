package io.byok.command.key;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.bus.Receipt;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.key.domain.Key;
import io.byok.command.key.domain.KeyCommand;
import io.byok.command.vault.Credential;
import io.byok.command.vault.SecretBytes;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.platform.web.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Acts on keys as the controllers do, without HTTP. */
public final class KeyFixture {

    private static final Provenance BY = Provenance.system("test");

    private final CommandSideFixture side;
    private final TenantId tenant;

    public KeyFixture(CommandSideFixture side, TenantId tenant) {
        this.side = side;
        this.tenant = tenant;
    }

    public KeyId add(String userId, String secret) {
        SubjectId subject = side.get(SubjectDirectory.class).findOrRegister(tenant, userId, BY);
        KeyId id = side.get(Ids.class).key();
        KeyCommand.AddKey command = new KeyCommand.AddKey(
                id,
                userId,
                "openai",
                "production",
                new KeyLabel(null, null, List.of()),
                new KeyPolicy(null, 0, false),
                "...",
                "f",
                now());
        side.get(Keys.class).add(tenant, subject, command, credential(secret), BY, Optional.empty());
        return id;
    }

    public Receipt<Key> rotate(KeyId key, String secret, Duration overlap) {
        return keys().rotate(
                        keys().head(caller(), key.text()),
                        new KeyCommand.RotateKey(key, "...", "f", overlap, now()),
                        credential(secret),
                        BY,
                        null,
                        Optional.empty());
    }

    public Receipt<Key> disable(KeyId key) {
        return send(key, new KeyCommand.DisableKey(key, null, now()));
    }

    public Receipt<Key> enable(KeyId key) {
        return send(key, new KeyCommand.EnableKey(key, null, now()));
    }

    public Receipt<Key> revoke(KeyId key) {
        return send(key, new KeyCommand.RevokeKey(key, null, now()));
    }

    public Receipt<Key> delete(KeyId key) {
        return send(key, new KeyCommand.DeleteKey(key, null, now()));
    }

    private Receipt<Key> send(KeyId key, KeyCommand command) {
        return keys().send(keys().head(caller(), key.text()), command, BY, null, Optional.empty());
    }

    private Caller caller() {
        return new Caller(tenant, side.get(Ids.class).token(), Set.of(), "req-1");
    }

    private Keys keys() {
        return side.get(Keys.class);
    }

    private static Credential credential(String secret) {
        return new Credential(Map.of("apiKey", SecretBytes.owning(secret.getBytes(StandardCharsets.UTF_8))));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
