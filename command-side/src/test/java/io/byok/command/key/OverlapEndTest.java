package io.byok.command.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlapEndTest {

    private static final Duration OVERLAP = Duration.ofMillis(400);

    @TempDir
    private Path data;

    @Test
    void an_overlap_that_ends_while_no_node_runs_is_ended_by_the_next_one() throws Exception {
        TestDatabase database = CommandSideFixture.freshDatabase();
        TenantId tenant;
        KeyId key;
        try (CommandSideFixture before = new CommandSideFixture(database, data)) {
            tenant = before.get(Ids.class).tenant();
            KeyFixture keys = new KeyFixture(before, tenant);
            key = keys.add("ada", "old");
            keys.rotate(key, "new", OVERLAP);
            KeyHead head = head(before, tenant, key);
            assertThat(head.previous()).isNotNull();
            assertThat(opens(before, head, 1)).isTrue();
        }
        Thread.sleep(OVERLAP.plusMillis(100));
        try (CommandSideFixture after = new CommandSideFixture(database, data)) {
            assertThat(head(after, tenant, key).previous())
                    .as("still to be done")
                    .isNotNull();
            new OverlapEnd(after.get(KeyHeads.class), after.get(Keys.class), after.get(Clock.class)).run();
            KeyHead head = head(after, tenant, key);
            assertThat(head.previous()).isNull();
            assertThat(opens(after, head, 1)).as("the old credential").isFalse();
            assertThat(opens(after, head, 2)).as("the new one").isTrue();
        }
    }

    private static KeyHead head(CommandSideFixture node, TenantId tenant, KeyId key) {
        return node.get(KeyHeads.class).find(tenant, key).orElseThrow();
    }

    private static boolean opens(CommandSideFixture node, KeyHead head, int version) {
        Optional<?> opened = node.get(CredentialVault.class).open(head.tenant(), head.subject(), head.key(), version);
        return opened.isPresent();
    }
}
