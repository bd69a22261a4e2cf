package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the README tells people to type works when it is typed. */
class ReadmeTest {

    @Test
    void the_first_five_minutes_go_as_they_are_written() throws IOException {
        ShellBlocks readme = ShellBlocks.of(Files.readString(ServerJvm.ROOT.resolve("README.md")));
        assertThat(readme.blocks())
                .hasSizeGreaterThan(8)
                .noneMatch(block -> block.shows().isEmpty());
        // A tenant of its own, so that other tests do not show up in its lists and sums.
        String token = SharedServer.control()
                .post("/v1/tenants", "{\"name\":\"readme\"}")
                .expect(201)
                .string("/token");
        Shell.Ran ran = Shell.run(
                readme.script(),
                Map.of(
                        "BYOK", SharedServer.control().base().toString(),
                        "DATA", SharedServer.dataPlane().base().toString(),
                        "TOKEN", token));
        List<String> outputs = readme.outputs(ran.output());
        for (int i = 0; i < outputs.size(); i++) {
            ShellBlocks.Block block = readme.blocks().get(i);
            assertThat(outputs.get(i)).as("README.md, line %d", block.line()).contains(block.shows());
        }
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(outputs).hasSameSizeAs(readme.blocks());
    }
}
