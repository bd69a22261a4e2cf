package io.byok.e2e;

import java.util.HashMap;
import java.util.Map;

/** The one server of all tests that only read and write, with the world it lives in. Started by the first that asks. */
final class SharedServer {

    static final World WORLD = World.fresh();
    static final Database DATABASE = WORLD.database();
    static final WitnessProcess WITNESS = new WitnessProcess();
    static final Server SERVER = start();

    private SharedServer() {}

    static Api control() {
        return SERVER.control();
    }

    static Api dataPlane() {
        return SERVER.dataPlane();
    }

    private static Server start() {
        Map<String, String> more = new HashMap<>(WITNESS.environment());
        more.put("BYOK_AUDIT_MLDSA", "true");
        more.put("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,mappings");
        Server server = Server.in(WORLD, more);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            WITNESS.close();
            WORLD.close();
        }));
        return server;
    }
}
