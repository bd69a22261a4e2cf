package io.byok.kernel.chain;

import io.byok.kernel.Refusal;

/** What both sides say where nothing is said about fallback. */
public enum ChainNotFound implements Refusal {
    CHAIN_NOT_FOUND;

    @Override
    public Terms terms() {
        return new Terms(
                "chain-not-found",
                Kind.NOT_FOUND,
                "Nothing is said about fallback here.",
                "PUT a chain to say something; without one the tenant's default holds, and without that no system key.");
    }
}
