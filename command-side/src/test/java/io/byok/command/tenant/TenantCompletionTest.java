package io.byok.command.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.CommandSideFixture;
import io.byok.command.access.ApiTokens;
import io.byok.command.bus.Ids;
import io.byok.command.tenant.TenantController.MadeTenant;
import io.byok.command.tenant.TenantController.TenantBody;
import io.byok.command.tenant.domain.Tenant;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.platform.web.Caller;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant and its first token are two commits; a node may die between them. */
class TenantCompletionTest {

    @Test
    void a_tenant_that_was_left_without_a_token_gets_it_when_the_request_is_repeated(@TempDir Path data) {
        try (CommandSideFixture node = new CommandSideFixture(CommandSideFixture.freshDatabase(), data)) {
            Tenant.Active left = (Tenant.Active) node.get(Tenants.class)
                    .create("acme", Provenance.system("test"))
                    .state();
            TenantController controller = node.get(TenantController.class);
            Caller operator = new Caller(left.id(), node.get(Ids.class).token(), Set.of("tenants:write"), "req-1");

            MadeTenant made = (MadeTenant)
                    controller.create(operator, new TenantBody("acme")).getBody();

            assertThat(made).isNotNull();
            assertThat(made.id()).isEqualTo(left.id());
            assertThat(made.token()).startsWith("byok_live_");
            assertThat(node.get(ApiTokens.class).any(left.id())).isTrue();
            // Once somebody can enter it, the name is taken and no other token comes out.
            assertThatThrownBy(() -> controller.create(operator, new TenantBody("acme")))
                    .isInstanceOf(Rejection.class);
        }
    }
}
