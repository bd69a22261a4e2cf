package io.byok.e2e;

import java.util.Map;

/** The one server of all tests that only read and write, with the world it lives in. Started by the first that asks. */
final class SharedServer {

    static final World WORLD = World.fresh();
    static final Server SERVER = start();

    private SharedServer() {}

    static Api control() {
        return SERVER.control();
    }

    static Api dataPlane() {
        return SERVER.dataPlane();
    }

    private static Server start() {
        Server server = Server.in(WORLD, Map.of("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,mappings"));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            WORLD.close();
        }));
        return server;
    }
}
