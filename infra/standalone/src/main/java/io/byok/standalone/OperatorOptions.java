package io.byok.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which server an operator's command is for, and how it answers. */
final class OperatorOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:byok.cli.data:-.byok}",
            description = "the data directory of the server")
    private Path data = Path.of(".byok");

    @Option(names = "--ephemeral", description = "the ephemeral server of that directory")
    private boolean ephemeral;

    @Option(names = "--json", description = "one JSON document on standard output, nothing else")
    boolean json;

    Path home() {
        return ephemeral ? data.resolve("ephemeral") : data;
    }
}
