package io.byok.platform.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Whether an address lies in the public internet. IPv4: everything but the special ranges of RFC 6890 and its successors.
 * IPv6: global unicast (2000::/3) only, and of it nothing that carries an IPv4 address within (6to4, Teredo), for such an
 * address may end anywhere; NAT64 and IPv4-mapped ones lie outside of it.
 */
final class PublicAddress {

    private static final int[][] SPECIAL = {
        {0x00000000, 8}, // this network
        {0x0a000000, 8}, // private
        {0x64400000, 10}, // carrier-grade NAT
        {0x7f000000, 8}, // loopback
        {0xa9fe0000, 16}, // link-local, with the clouds' metadata
        {0xac100000, 12}, // private
        {0xc0000000, 24}, // protocol assignments
        {0xc0000200, 24}, // documentation
        {0xc01fc400, 24}, // AS112
        {0xc034c100, 24}, // AMT
        {0xc0586300, 24}, // 6to4 relays
        {0xc0a80000, 16}, // private
        {0xc0af3000, 24}, // AS112
        {0xc6120000, 15}, // benchmarks
        {0xc6336400, 24}, // documentation
        {0xcb007100, 24}, // documentation
        {0xe0000000, 4}, // multicast
        {0xf0000000, 4} // reserved, broadcast
    };

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> isPublic(number(four.getAddress(), 0));
            case Inet6Address six -> isPublic(six);
            default -> false;
        };
    }

    private static boolean isPublic(int address) {
        for (int[] range : SPECIAL) {
            if ((address ^ range[0]) >>> 32 - range[1] == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPublic(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int first = number(bytes, 0);
        boolean globalUnicast = first >>> 29 == 1;
        boolean special = first >>> 9 == 0x20010000 >>> 9 // 2001::/23: Teredo, ORCHID, benchmarks
                || first == 0x20010db8 // documentation
                || first >>> 16 == 0x2002 // 6to4
                || first >>> 12 == 0x3fff0; // documentation
        return globalUnicast && !special && address.getScopeId() == 0;
    }

    private static int number(byte[] bytes, int from) {
        return (bytes[from] & 0xff) << 24
                | (bytes[from + 1] & 0xff) << 16
                | (bytes[from + 2] & 0xff) << 8
                | bytes[from + 3] & 0xff;
    }
}
