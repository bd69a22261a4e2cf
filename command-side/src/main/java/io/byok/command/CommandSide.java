package io.byok.command;

import io.byok.command.access.ApiTokens;
import io.byok.command.access.NewToken;
import io.byok.command.access.domain.ApiTokenRefusal;
import io.byok.command.bus.StaleVersion;
import io.byok.command.erase.domain.ErasureRefusal;
import io.byok.command.erase.domain.TenantErasureRefusal;
import io.byok.command.head.TenantHeads;
import io.byok.command.hold.domain.HoldRefusal;
import io.byok.command.http.OnceRefusal;
import io.byok.command.key.domain.KeyRefusal;
import io.byok.command.provider.ProviderRefusal;
import io.byok.command.retention.domain.RetentionRefusal;
import io.byok.command.rotation.domain.RotationRefusal;
import io.byok.command.tenant.FirstToken;
import io.byok.command.tenant.Tenants;
import io.byok.command.tenant.domain.TenantRefusal;
import io.byok.command.use.domain.UseRefusal;
import io.byok.command.validation.ValidationRefusal;
import io.byok.kernel.Provenance;
import io.byok.kernel.Refusal;
import io.byok.kernel.TenantId;
import io.byok.kernel.access.Confinement;
import io.byok.kernel.chain.ChainNotFound;
import io.byok.kernel.erase.TenantErased;
import io.byok.kernel.erase.UserErased;
import io.byok.kernel.key.KeyNotFound;
import io.byok.platform.seal.SealState;
import io.byok.platform.web.ContributedRefusals;
import io.byok.platform.web.Scopes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What no feature may know of another is wired here. */
@Configuration(proxyBeanMethods = false)
public class CommandSide {

    /** Every "no" of this side. */
    public static final ContributedRefusals REFUSALS = new ContributedRefusals(Stream.<Refusal[]>of(
                    KeyNotFound.values(),
                    StaleVersion.values(),
                    OnceRefusal.values(),
                    KeyRefusal.values(),
                    ChainNotFound.values(),
                    ProviderRefusal.values(),
                    UseRefusal.values(),
                    TenantRefusal.values(),
                    RotationRefusal.values(),
                    ValidationRefusal.values(),
                    ErasureRefusal.values(),
                    HoldRefusal.values(),
                    RetentionRefusal.values(),
                    UserErased.values(),
                    TenantErased.values(),
                    TenantErasureRefusal.values(),
                    ApiTokenRefusal.values())
            .flatMap(Arrays::stream)
            .toList());

    /** A new tenant's first token may do everything in it, and nothing to the platform. */
    @Bean
    FirstToken firstToken(ApiTokens tokens) {
        Set<String> scopes = new TreeSet<>(Scopes.ALL);
        scopes.remove(Scopes.TENANTS_WRITE);
        return new FirstToken() {
            @Override
            public boolean isMissing(TenantId tenant) {
                return !tokens.any(tenant);
            }

            @Override
            public <T> T make(TenantId tenant, Provenance by, Function<Shown, T> show) {
                NewToken text = NewToken.make();
                var made = tokens.create(text, tenant, "first", scopes, null, Confinement.NONE, by, Optional.empty());
                return show.apply(new Shown(text.exposeOnce(), made.position()));
            }
        };
    }

    /** Every "no" of this side, for the table of problems and its page. */
    @Bean
    ContributedRefusals commandRefusals() {
        return REFUSALS;
    }

    @Bean
    FirstStart firstStart(
            Tenants tenants,
            TenantHeads heads,
            ApiTokens tokens,
            SealState seal,
            @Value("${byok.data-dir:.byok}") Path dataDirectory) {
        return new FirstStart(tenants, heads, tokens, seal, dataDirectory.resolve("first-token"));
    }
}
