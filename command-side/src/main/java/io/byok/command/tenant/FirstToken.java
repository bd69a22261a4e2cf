package io.byok.command.tenant;

import io.byok.kernel.Provenance;
import io.byok.kernel.TenantId;
import java.util.function.Function;

/** Makes the token that opens a new tenant; wired to the feature that makes tokens. */
public interface FirstToken {

    /** Whether the tenant never had a token: its making was broken off, and nobody can enter it. */
    boolean isMissing(TenantId tenant);

    /** @param show gets the token's text, once, and turns it into the answer */
    <T> T make(TenantId tenant, Provenance by, Function<Shown, T> show);

    /** @param position of the event that made the token */
    record Shown(String text, long position) {

        @Override
        public String toString() {
            return "Shown[" + position + "]";
        }
    }
}
