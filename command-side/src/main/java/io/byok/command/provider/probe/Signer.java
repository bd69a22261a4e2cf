package io.byok.command.provider.probe;

import io.byok.command.provider.AuthScheme;
import io.byok.platform.outbound.OutboundCall;
import io.byok.platform.outbound.OutboundFailed;

/** Puts a credential on a call. */
interface Signer {

    /**
     * The same call, with what proves who makes it.
     *
     * @throws OutboundFailed when proving needs a call of its own and that one got no answer
     * @throws Refused when the provider refuses the credential already at that call
     */
    OutboundCall sign(OutboundCall call, AuthScheme scheme, Fields fields) throws OutboundFailed, Refused;

    /** The answer of a provider that would not even give a token for the credential. */
    final class Refused extends Exception {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final transient io.byok.platform.outbound.OutboundAnswer answer;

        Refused(io.byok.platform.outbound.OutboundAnswer answer) {
            super("refused", null, false, false);
            this.answer = answer;
        }

        io.byok.platform.outbound.OutboundAnswer answer() {
            return answer;
        }
    }
}
