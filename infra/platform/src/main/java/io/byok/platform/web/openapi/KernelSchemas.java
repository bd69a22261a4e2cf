package io.byok.platform.web.openapi;

import io.byok.kernel.ChainId;
import io.byok.kernel.ErasureId;
import io.byok.kernel.HoldId;
import io.byok.kernel.Id;
import io.byok.kernel.KeyId;
import io.byok.kernel.RotationId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.UseId;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.Map;
import org.springdoc.core.utils.SpringDocUtils;

/** The schemas of values that {@code StrictJson} writes as strings. */
final class KernelSchemas {

    private static final Map<Class<? extends Id>, String> PREFIXES = Map.of(
            ChainId.class, ChainId.PREFIX,
            ErasureId.class, ErasureId.PREFIX,
            HoldId.class, HoldId.PREFIX,
            TenantErasureId.class, TenantErasureId.PREFIX,
            KeyId.class, KeyId.PREFIX,
            RotationId.class, RotationId.PREFIX,
            SubjectId.class, SubjectId.PREFIX,
            TenantId.class, TenantId.PREFIX,
            TokenId.class, TokenId.PREFIX,
            UseId.class, UseId.PREFIX);

    private KernelSchemas() {}

    static void register() {
        PREFIXES.forEach((type, prefix) -> SpringDocUtils.getConfig().replaceWithSchema(type, id(prefix)));
        SpringDocUtils.getConfig()
                .replaceWithSchema(
                        BigDecimal.class, new StringSchema().pattern("^-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?$"));
    }

    private static Schema<?> id(String prefix) {
        return new StringSchema().pattern("^" + prefix + "_[0-7][0-9a-hjkmnp-tv-z]{25}$");
    }
}
