package io.byok.e2e;

import java.util.Map;

/** The one server that asks providers, all of which are played by a script. Started by the first test that asks. */
final class PlayedProviders {

    static final ScriptedProvider SCRIPT = new ScriptedProvider();
    static final World WORLD = World.fresh();
    static final Server SERVER = start();

    private PlayedProviders() {}

    private static Server start() {
        Server server = Server.in(
                WORLD,
                Map.of(
                        "BYOK_ENABLE_VALIDATION", "true",
                        "BYOK_LIMITS_TENANTATONCE", "64",
                        "BYOK_VALIDATION_TIMEOUT", "2000",
                        "BYOK_VALIDATION_LOOKEVERY", "500ms",
                        "BYOK_KEY_ROTATION_DAYS", "5",
                        "BYOK_OUTBOUND_DEVELOPMENTTARGET", SCRIPT.address()));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            SCRIPT.close();
            WORLD.close();
        }));
        return server;
    }

    /** So that no key of the test that ends is asked about in the next one. */
    static void nothingIsDue() {
        WORLD.database().change("update head.key_health set next_check_at = null");
    }
}
