package io.byok.e2e;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * The one server of the tests that are about what stands in front of it: it has a proxy at {@link #PROXY} and widgets on
 * the pages of {@link #ORIGINS}. Its management port is as a deployed one's. Started by the first that asks.
 */
final class FrontedServer {

    static final InetAddress PROXY = InetAddress.ofLiteral("127.0.0.2");
    static final List<String> ORIGINS = List.of("https://app.example.com", "http://localhost:3000");
    static final Server SERVER = start();

    private FrontedServer() {}

    static Api control() {
        return SERVER.control();
    }

    private static Server start() {
        World world = World.fresh();
        Server server = Server.in(
                world,
                Map.of(
                        "BYOK_PROXIES",
                        PROXY.getHostAddress() + ", 192.0.2.0/24",
                        "BYOK_WIDGET_ORIGINS",
                        String.join(", ", ORIGINS)));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            world.close();
        }));
        return server;
    }
}
