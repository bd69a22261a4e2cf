package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** A page of docs whose shell blocks each say what they show. */
final class Page {

    private Page() {}

    /** Types everything that the page tells people to type, as a tenant of its own. */
    static void goesAsItIsWritten(String path, Server server) {
        ShellBlocks page = ShellBlocks.of(read(path));
        assertThat(page.blocks())
                .hasSizeGreaterThanOrEqualTo(3)
                .noneMatch(block -> block.shows().isEmpty());
        String token = server.control()
                .post("/v1/tenants", "{\"name\":\"" + path.replaceAll("[^a-z]", "-") + "\"}")
                .expect(201)
                .string("/token");
        Shell.Ran ran = Shell.run(
                page.script(),
                Map.of(
                        "BYOK", server.control().base().toString(),
                        "DATA", server.dataPlane().base().toString(),
                        "TOKEN", token));
        List<String> outputs = page.outputs(ran.output());
        for (int i = 0; i < outputs.size(); i++) {
            ShellBlocks.Block block = page.blocks().get(i);
            assertThat(outputs.get(i)).as("%s, line %d", path, block.line()).contains(block.shows());
        }
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(outputs).hasSameSizeAs(page.blocks());
    }

    private static String read(String path) {
        try {
            return Files.readString(ServerJvm.ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
