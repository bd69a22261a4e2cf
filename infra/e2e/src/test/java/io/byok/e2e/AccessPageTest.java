package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The blocks of docs/access.md, one after the other, as its reader would run them. */
class AccessPageTest {

    @Test
    void the_pages_examples_of_access_go_as_they_are_written() throws IOException {
        ShellBlocks page = ShellBlocks.of(Files.readString(ServerJvm.ROOT.resolve("docs/access.md")));
        assertThat(page.blocks())
                .hasSizeGreaterThan(5)
                .noneMatch(block -> block.shows().isEmpty());
        String token = SharedServer.control()
                .post("/v1/tenants", "{\"name\":\"access-page\"}")
                .expect(201)
                .string("/token");
        // The one read of the page that comes right after a write: the page is read by people, who are slower.
        String read = "curl -sS -w '\\n' \"$BYOK/v1/keys\" ";
        assertThat(page.script()).contains(read);
        String script = page.script().replace(read, "sleep 2; " + read);
        Shell.Ran ran = Shell.run(
                script,
                Map.of(
                        "BYOK", SharedServer.control().base().toString(),
                        "DATA", SharedServer.dataPlane().base().toString(),
                        "TOKEN", token));
        List<String> outputs = page.outputs(ran.output());
        for (int i = 0; i < outputs.size(); i++) {
            ShellBlocks.Block block = page.blocks().get(i);
            assertThat(outputs.get(i))
                    .as("docs/access.md, line %d", block.line())
                    .contains(block.shows());
        }
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(outputs).hasSameSizeAs(page.blocks());
    }
}
