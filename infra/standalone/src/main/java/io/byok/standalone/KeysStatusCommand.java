package io.byok.standalone;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows which versions of keys there are, and how much is under each. */
@Command(
        name = "status",
        description = "Shows which versions of keys there are, and how much is under each. No key is shown.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:shown", "1:refused; one line says why", "2:wrong arguments", "3:no server is running"})
final class KeysStatusCommand implements Callable<Integer> {

    private static final String LINE = "%-7s %-12s %-36s %7s %10s  %s%n";

    @Mixin
    private OperatorOptions options = new OperatorOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        PrintWriter err = spec == null
                ? new PrintWriter(System.err, true)
                : spec.commandLine().getErr();
        try (OperatorApi api = OperatorApi.of(options.home(), System.getenv())) {
            JsonNode keys = OperatorApi.accepted(api.get("/v1/operations/keys"));
            if (options.json) {
                out.println(OperatorApi.JSON.writeValueAsString(keys));
                return 0;
            }
            out.printf(Locale.ROOT, LINE, "level", "chain", "key", "version", "under it", "");
            keys.path("data")
                    .forEach(one -> out.printf(
                            Locale.ROOT,
                            LINE,
                            one.path("level").asString(),
                            one.path("chain").asString(),
                            one.path("key").asString("(all)"),
                            one.path("version").asInt(),
                            one.path("count").asLong(),
                            one.path("newest").asBoolean() ? "newest" : "old"));
            out.flush();
            return 0;
        } catch (OperatorFailure failure) {
            err.println("byok: " + failure.getMessage());
            return failure.exit();
        }
    }
}
