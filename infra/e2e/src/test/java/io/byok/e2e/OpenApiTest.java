package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The description that is served and the one that is committed; what is really there, {@link RoutesTest} compares. */
class OpenApiTest {

    private static final Path COMMITTED = ServerJvm.ROOT.resolve("docs/openapi.yaml");

    private final Api anyone = SharedServer.SERVER.anonymous();

    @Test
    void the_committed_description_is_what_the_server_serves() throws IOException {
        byte[] served = anyone.get("/openapi.yaml").expect(200).body();
        if (Boolean.getBoolean("byok.rewrite")) {
            Files.write(COMMITTED, served);
        }
        assertThat(new String(served, StandardCharsets.UTF_8))
                .as("run this test with -Dbyok.rewrite=true and look at the difference")
                .isEqualTo(Files.readString(COMMITTED));
    }
}
