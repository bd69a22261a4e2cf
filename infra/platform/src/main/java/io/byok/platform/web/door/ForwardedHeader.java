package io.byok.platform.web.door;

import io.byok.platform.access.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header in which proxies write, one after the other, whom they heard from. Read strictly: what is not an address, with
 * or without a port, is nobody. No name is ever looked up.
 */
enum ForwardedHeader {

    /** The usual one: addresses with commas between. */
    X_FORWARDED_FOR("X-Forwarded-For") {
        @Override
        List<Optional<InetAddress>> hops(String line) {
            List<Optional<InetAddress>> hops = new ArrayList<>();
            for (String hop : line.split(",", -1)) {
                hops.add(address(hop.strip()));
            }
            return hops;
        }
    },

    /** RFC 7239. */
    FORWARDED("Forwarded") {
        @Override
        List<Optional<InetAddress>> hops(String line) {
            List<Optional<InetAddress>> hops = new ArrayList<>();
            Matcher element = ELEMENT.matcher(line);
            int at = 0;
            // An element that is not one hides whatever stands behind it, so the newest of this line is nobody.
            while (element.region(at, line.length()).lookingAt()) {
                hops.add(heard(element.group()));
                if (element.end() == line.length()) {
                    return hops;
                }
                at = element.end() + 1;
            }
            hops.add(Optional.empty());
            return hops;
        }
    };

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String PAIR = "[ \\t]*(" + TOKEN + ")=(" + TOKEN + "|\"[^\"\\\\]*+\")[ \\t]*";
    private static final Pattern ELEMENT = Pattern.compile(PAIR + "(?:;" + PAIR + ")*+(?=,|$)");
    private static final Pattern ONE_PAIR = Pattern.compile(PAIR);
    private static final Pattern V4_WITH_PORT = Pattern.compile("([0-9.]+)(?::[0-9]{1,5})?");
    private static final Pattern V6_IN_BRACKETS = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::[0-9]{1,5})?");

    private final String text;

    ForwardedHeader(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** In the order in which they were written, the newest last; empty for somebody who is not told. */
    final List<Optional<InetAddress>> hops(List<String> lines) {
        List<Optional<InetAddress>> hops = new ArrayList<>();
        lines.forEach(line -> hops.addAll(hops(line)));
        return hops;
    }

    abstract List<Optional<InetAddress>> hops(String line);

    /** Twice the same word in one element says nothing that can be relied on. */
    private static Optional<InetAddress> heard(String element) {
        Optional<InetAddress> heard = Optional.empty();
        boolean said = false;
        Matcher pair = ONE_PAIR.matcher(element);
        while (pair.find()) {
            if (pair.group(1).equalsIgnoreCase("for")) {
                if (said) {
                    return Optional.empty();
                }
                said = true;
                heard = address(unquoted(pair.group(2)));
            }
        }
        return heard;
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    private static Optional<InetAddress> address(String text) {
        Matcher four = V4_WITH_PORT.matcher(text);
        Matcher six = V6_IN_BRACKETS.matcher(text);
        String bare = four.matches() ? four.group(1) : six.matches() ? six.group(1) : text;
        return bare.indexOf('/') >= 0 ? Optional.empty() : Network.parse(bare).map(Network::first);
    }
}
