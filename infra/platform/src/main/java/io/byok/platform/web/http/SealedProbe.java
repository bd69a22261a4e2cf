package io.byok.platform.web.http;

import io.byok.platform.seal.SealState;
import io.byok.platform.web.ReadinessProbe;

/** Ready when the keys were opened. */
final class SealedProbe implements ReadinessProbe {

    private final SealState seal;

    SealedProbe(SealState seal) {
        this.seal = seal;
    }

    @Override
    public String part() {
        return "keys (sealed: the key provider has not answered yet)";
    }

    @Override
    public boolean isReady() {
        return !seal.isSealed();
    }
}
