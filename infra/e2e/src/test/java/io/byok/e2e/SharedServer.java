package io.byok.e2e;

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
        Server server = Server.in(WORLD);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            WORLD.close();
        }));
        return server;
    }
}
