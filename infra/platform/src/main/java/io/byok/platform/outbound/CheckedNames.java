package io.byok.platform.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names for the connection itself: what is checked here is what is connected to, so a name that changes its mind
 * between check and use gains nothing. One forbidden address among several refuses the name.
 */
final class CheckedNames implements DnsResolver {

    private final DnsResolver names;

    CheckedNames(DnsResolver names) {
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException("no address");
        }
        if (!Arrays.stream(addresses).allMatch(PublicAddress::is)) {
            throw new Forbidden();
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        throw new UnknownHostException("not asked for");
    }

    /** A name that leads to where nothing may be sent. */
    static final class Forbidden extends UnknownHostException {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("the name leads to an address that is not public");
        }
    }
}
