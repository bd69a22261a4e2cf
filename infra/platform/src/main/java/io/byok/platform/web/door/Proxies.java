package io.byok.platform.web.door;

import io.byok.platform.access.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says for whom a request is made, on every listener alike. What a request says of itself counts only as far as somebody
 * trusted says it: a configured proxy at the other end of the connection, and before it only what such proxies heard from
 * one another. Whoever connects from elsewhere is who the connection says, whatever they send.
 */
public final class Proxies {

    private final List<Network> trusted;
    private final ForwardedHeader header;

    private Proxies(List<Network> trusted, ForwardedHeader header) {
        this.trusted = trusted;
        this.header = header;
    }

    /** Nobody's word counts. */
    public static Proxies none() {
        return new Proxies(List.of(), ForwardedHeader.X_FORWARDED_FOR);
    }

    /**
     * As the operator writes it.
     *
     * @param networks addresses and networks in CIDR notation with commas between, or nothing for none
     * @param header the name of the one header that all of them write; no other is looked at
     * @throws IllegalArgumentException for what makes no sense, and for everybody: then anybody could be anyone
     */
    public static Proxies of(String networks, String header) {
        List<Network> trusted = Arrays.stream(networks.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(Proxies::network)
                .toList();
        return new Proxies(
                trusted,
                Arrays.stream(ForwardedHeader.values())
                        .filter(one -> one.text().equalsIgnoreCase(header.strip()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("byok.proxy-header is one of "
                                + Arrays.stream(ForwardedHeader.values())
                                        .map(ForwardedHeader::text)
                                        .collect(Collectors.joining(", ")))));
    }

    private static Network network(String text) {
        Network network = Network.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "byok.proxies: " + text + " is no address, and no network such as 10.0.0.0/8"));
        if (network.prefix() == 0) {
            throw new IllegalArgumentException("byok.proxies: " + text + " is everybody");
        }
        return network;
    }

    /**
     * Goes through what proxies wrote from the newest to the oldest, and stops at the first who is none.
     *
     * @param connection who is at the other end, absent when not known
     * @param headers every line of a header, in order, by its name
     * @return absent when a trusted proxy names nobody, or writes what cannot be read: restricted to networks, such a
     *     caller is refused
     */
    public @Nullable InetAddress client(@Nullable InetAddress connection, Function<String, List<String>> headers) {
        if (connection == null || !trusts(connection)) {
            return connection;
        }
        List<Optional<InetAddress>> hops = header.hops(headers.apply(header.text()));
        InetAddress client = connection;
        for (Optional<InetAddress> hop : hops.reversed()) {
            if (hop.isEmpty()) {
                return null;
            }
            client = hop.get();
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean trusts(InetAddress address) {
        for (Network network : trusted) { // a plain loop: asked for every request
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
