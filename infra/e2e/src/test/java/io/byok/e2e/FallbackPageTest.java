package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What docs/fallback.md tells people to type works when it is typed. */
class FallbackPageTest {

    @Test
    void the_guides_examples_of_fallback_go_as_they_are_written() throws IOException {
        ShellBlocks page = ShellBlocks.of(Files.readString(ServerJvm.ROOT.resolve("docs/fallback.md")));
        assertThat(page.blocks())
                .hasSizeGreaterThan(5)
                .noneMatch(block -> block.shows().isEmpty());
        String token = SharedServer.control()
                .post("/v1/tenants", "{\"name\":\"fallback-page\"}")
                .expect(201)
                .string("/token");
        Shell.Ran ran = Shell.run(
                page.script(),
                Map.of(
                        "BYOK", SharedServer.control().base().toString(),
                        "DATA", SharedServer.dataPlane().base().toString(),
                        "TOKEN", token));
        List<String> outputs = page.outputs(ran.output());
        for (int i = 0; i < outputs.size(); i++) {
            ShellBlocks.Block block = page.blocks().get(i);
            assertThat(outputs.get(i))
                    .as("docs/fallback.md, line %d", block.line())
                    .contains(block.shows());
        }
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(outputs).hasSameSizeAs(page.blocks());
    }
}
