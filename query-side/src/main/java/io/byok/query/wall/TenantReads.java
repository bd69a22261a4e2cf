package io.byok.query.wall;

import io.byok.kernel.TenantId;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * What requests read with. Whatever the statement, PostgreSQL answers with rows of one tenant only, that of the credential
 * the request came with, and refuses to write. Statements name their tenant all the same: this holds when one forgets.
 */
public final class TenantReads {

    private final DSLContext dsl;

    /** @param tenant the caller's, asked for once per statement or transaction; throws where there is no caller */
    public TenantReads(DataSource database, Supplier<TenantId> tenant) {
        this.dsl = DSL.using(new WalledConnections(database, tenant), SQLDialect.POSTGRES);
    }

    /** Each statement is a transaction of its own, unless one is opened with it. */
    public DSLContext dsl() {
        return dsl;
    }
}
