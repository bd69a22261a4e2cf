package io.byok.kernel.chain;

import io.byok.kernel.Refusal;

/** What both sides say where nothing is said about fallback. */
public enum ChainNotFound implements Refusal {
    CHAIN_NOT_FOUND;

    @Override
    public String code() {
        return "chain-not-found";
    }

    @Override
    public Kind kind() {
        return Kind.NOT_FOUND;
    }

    @Override
    public String title() {
        return "Nothing is said about fallback here.";
    }

    @Override
    public String advice() {
        return "PUT a chain to say something; without one the tenant's default holds, and without that no system key.";
    }
}
