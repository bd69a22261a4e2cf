package io.byok.platform.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation, or a single address. IPv4 addresses that are written or come as IPv6 ones
 * ({@code ::ffff:a.b.c.d}) are the IPv4 addresses they stand for. No name is ever looked up.
 *
 * @param first its first address
 * @param prefix how many leading bits are the network's: 0 to 32, or 0 to 128
 */
public record Network(InetAddress first, int prefix) {

    private static final Pattern DOTTED = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAPPED = 96;

    /** Empty for anything but an address, or an address whose bits beyond the prefix are zero. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String length = slash < 0 ? null : text.substring(slash + 1);
        if (!DOTTED.matcher(address).matches() && !COLONS.matcher(address).matches()
                || length != null && !LENGTH.matcher(length).matches()) {
            return Optional.empty();
        }
        InetAddress first;
        try {
            first = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
        int bits = first.getAddress().length * 8;
        int prefix = length == null ? bits : Integer.parseInt(length);
        if (length != null && first instanceof Inet4Address && address.indexOf(':') >= 0) {
            prefix -= MAPPED;
        }
        Network network = new Network(first, prefix);
        return prefix < 0 || prefix > bits || !network.isAligned() ? Optional.empty() : Optional.of(network);
    }

    /** @param address as the connection has it; Java gives a mapped one as the IPv4 address it stands for */
    public boolean contains(InetAddress address) {
        byte[] theirs = address.getAddress();
        byte[] ours = first.getAddress();
        if (theirs.length != ours.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (((theirs[bit >> 3] ^ ours[bit >> 3]) & (0x80 >> (bit & 7))) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether every address of the other is one of this. */
    public boolean contains(Network other) {
        return prefix <= other.prefix && contains(other.first);
    }

    private boolean isAligned() {
        byte[] bytes = first.getAddress();
        for (int bit = Math.max(prefix, 0); bit < bytes.length * 8; bit++) {
            if ((bytes[bit >> 3] & (0x80 >> (bit & 7))) != 0) {
                return false;
            }
        }
        return true;
    }

    /** CIDR notation, also of a single address. */
    public String text() {
        return first.getHostAddress() + "/" + prefix;
    }
}
