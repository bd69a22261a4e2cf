package io.byok.query.wall;

import io.byok.kernel.TenantId;
import io.byok.platform.web.Caller;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Wires what requests read with. */
@Configuration(proxyBeanMethods = false)
public class WallConfiguration {

    /** @param jooq is there once the schema is */
    @Bean
    TenantReads tenantReads(DataSource database, DSLContext jooq) {
        boolean stands = Boolean.TRUE.equals(jooq.fetchValue(
                "select coalesce(pg_has_role(session_user, to_regrole('byok_request'), 'set'), false)"));
        if (!stands) {
            throw new WallMissing();
        }
        return new TenantReads(database, WallConfiguration::callersTenant);
    }

    /** From the credential, past everything a handler may have passed on wrongly. */
    private static TenantId callersTenant() {
        RequestAttributes request = RequestContextHolder.currentRequestAttributes();
        if (request.getAttribute(Caller.class.getName(), RequestAttributes.SCOPE_REQUEST) instanceof Caller caller) {
            return caller.tenant();
        }
        throw new IllegalStateException("a tenant's rows are read for a caller only");
    }
}
