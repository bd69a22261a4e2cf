package io.byok.platform.outbound;

/** No answer. Says why in words of our own; what libraries say may quote addresses and headers. */
public final class OutboundFailed extends Exception {

    @java.io.Serial
    private static final long serialVersionUID = 1L;

    /** Why there was no answer. */
    public enum Why {
        HOST_NOT_ALLOWED("the host is not one that keys may be sent to"),
        ADDRESS_NOT_PUBLIC("the host's name leads to an address that is not public"),
        HOST_UNKNOWN("the host's name is not known"),
        CANNOT_CONNECT("no connection to the host"),
        NO_TRUST("the host's certificate is not trusted"),
        TOO_SLOW("no answer in time"),
        BROKEN_OFF("the connection broke off");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Why why;

    OutboundFailed(Why why) {
        super(why.words(), null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
