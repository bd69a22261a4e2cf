package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who asks for too much is told so, and nobody else notices. */
class LimitsTest {

    @Test
    void a_noisy_token_is_refused_with_what_it_needs_to_behave_and_other_tenants_are_served() {
        Map<String, String> tight = Map.of("BYOK_LIMITS_TOKENPERMINUTE", "20", "BYOK_LIMITS_TENANTPERMINUTE", "30");
        try (World world = World.fresh();
                Server server = Server.in(world, tight)) {
            Api noisy = server.control();
            Api other = server.anonymous()
                    .token(noisy.post("/v1/tenants", "{\"name\":\"other\"}")
                            .expect(201)
                            .string("/token"));
            Answer first = noisy.get("/v1/providers").expect(200);
            assertThat(first.header("RateLimit-Policy")).isEqualTo("\"token\";q=20;w=60");
            assertThat(first.header("RateLimit")).matches("\"token\";r=1[78];t=\\d+");

            Answer last = first;
            for (int i = 0; i < 30 && last.status() == 200; i++) {
                last = noisy.get("/v1/providers");
            }
            last.expect(429, "rate-limited");
            assertThat(last.header("RateLimit")).matches("\"token\";r=0;t=[1-3]");
            assertThat(last.header("Retry-After")).matches("[1-3]");

            other.get("/v1/keys").expect(200);
            server.anonymous().get("/readyz").expect(200);
            server.anonymous().get("/v1/keys").expect(401, "token-missing");
        }
    }
}
