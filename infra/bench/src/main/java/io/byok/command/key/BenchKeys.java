package io.byok.command.key;

import io.byok.command.bus.Ids;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.key.domain.KeyCommand;
import io.byok.command.vault.Credential;
import io.byok.command.vault.SecretBytes;
import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationContext;

/** Adds keys as the controller does, without HTTP. */
public final class BenchKeys {

    private static final Provenance BY = Provenance.system("bench");

    private BenchKeys() {}

    /** A key of an end user, with its credential. */
    public static void add(ApplicationContext side, TenantId tenant, String userId, String secret) {
        SubjectId subject = side.getBean(SubjectDirectory.class).findOrRegister(tenant, userId, BY);
        KeyCommand.AddKey command = new KeyCommand.AddKey(
                side.getBean(Ids.class).key(),
                userId,
                "openai",
                "production",
                new KeyLabel(null, null, List.of()),
                new KeyPolicy(null, 0, false),
                "...",
                "f",
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        try (Credential credential =
                new Credential(Map.of("apiKey", SecretBytes.owning(secret.getBytes(StandardCharsets.UTF_8))))) {
            side.getBean(Keys.class).add(tenant, subject, command, credential, BY, Optional.empty());
        }
    }
}
