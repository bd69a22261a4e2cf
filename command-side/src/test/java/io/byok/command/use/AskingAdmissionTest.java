package io.byok.command.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.CommandSideFixture;
import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.KeyMoved;
import io.byok.command.head.UseRecorder;
import io.byok.command.key.KeyFixture;
import io.byok.command.tenant.Tenants;
import io.byok.command.tenant.domain.Tenant;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose credentials may be shown to their providers is decided under the append lock, whatever was believed before. */
class AskingAdmissionTest {

    private static final Provenance BY = Provenance.system("test");

    @TempDir
    private static Path data;

    private static CommandSideFixture side;

    @BeforeAll
    static void start() {
        side = new CommandSideFixture(CommandSideFixture.freshDatabase(), data);
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Use.VALIDATION, Use.INTAKE})
    void nothing_of_a_suspended_tenant_is_shown(String source) {
        TenantId tenant = tenant();
        KeyHead key = key(tenant);
        assertThat(record(key, source)).isPositive();
        side.get(Tenants.class).suspend(tenant, null, BY);
        refuses(key, source);
        side.get(Tenants.class).resume(tenant, null, BY);
        assertThat(record(key, source)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {Use.VALIDATION, Use.INTAKE})
    void nothing_of_a_key_that_has_ended_is_shown(String source) {
        for (KeyHead.Status status : KeyHead.Status.values()) {
            KeyHead key = key(tenant());
            side.get(DSLContext.class)
                    .execute(
                            "update head.key_head set status = ? where key = ?",
                            status.code(),
                            key.key().value());
            switch (status) {
                case ACTIVE, DISABLED -> assertThat(record(key, source)).isPositive();
                case REVOKED, DELETED, ERASED -> refuses(key, source);
            }
        }
    }

    @Test
    void a_version_that_is_stored_is_not_shown_as_one_that_is_not() {
        KeyHead key = key(tenant());
        assertThatThrownBy(() -> record(key, Use.INTAKE, key.version())).hasCauseInstanceOf(KeyMoved.class);
    }

    private static void refuses(KeyHead key, String source) {
        assertThatThrownBy(() -> record(key, source)).hasCauseInstanceOf(KeyMoved.class);
    }

    private static long record(KeyHead key, String source) {
        return record(key, source, source.equals(Use.INTAKE) ? key.version() + 1 : key.version());
    }

    private static long record(KeyHead key, String source, int version) {
        Use use = new Use(
                side.get(Ids.class).use(),
                key.key(),
                version,
                key.subject(),
                key.provider(),
                key.environment(),
                source,
                "validation",
                null,
                "test",
                null,
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        return side.get(UseRecorder.class).record(key.tenant(), use).join();
    }

    private static KeyHead key(TenantId tenant) {
        KeyId key = new KeyFixture(side, tenant).add("ada", "secret");
        return side.get(KeyHeads.class).find(tenant, key).orElseThrow();
    }

    private static TenantId tenant() {
        return ((Tenant.Active) side.get(Tenants.class)
                        .create("t-" + UUID.randomUUID(), BY)
                        .state())
                .id();
    }
}
