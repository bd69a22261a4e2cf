package io.byok.command.tenant;

import io.byok.kernel.Provenance;
import io.byok.kernel.TenantId;
import java.util.function.Function;

/** Makes the token that opens a new tenant; wired to the feature that makes tokens. */
public interface FirstToken {

    /** @param show gets the token's text, once, and turns it into the answer */
    <T> T make(TenantId tenant, Provenance by, Function<String, T> show);
}
