package io.byok.standalone;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what a retention policy would let go. Changes nothing: a policy is set over HTTP, where it is on record by whom. */
@Command(
        name = "retention",
        description = {
            "Shows which years of uses a retention policy would let go, and what stands in its way.",
            "The token is BYOK_TOKEN, or that in the data directory's file first-token; its scope is audit:read."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:shown", "1:refused; the line says why", "2:wrong arguments", "3:no server is running"})
final class RetentionCommand implements Callable<Integer> {

    @Mixin
    private OperatorOptions options = new OperatorOptions();

    @Option(
            names = "--simulate",
            required = true,
            description = "show, and change nothing; the only thing this command does")
    private boolean simulate;

    @Option(names = "--days", paramLabel = "N", description = "of a policy of so many days (default: the server's own)")
    private @Nullable Integer days;

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
            JsonNode shown =
                    OperatorApi.accepted(api.get("/v1/retention/simulation" + (days == null ? "" : "?days=" + days)));
            if (options.json) {
                out.println(OperatorApi.JSON.writeValueAsString(shown));
            } else {
                tell(shown, out);
            }
            return 0;
        } catch (OperatorFailure failure) {
            err.println("byok: " + failure.getMessage());
            return failure.exit();
        }
    }

    private static void tell(JsonNode shown, PrintWriter out) {
        out.println("byok: with a policy of " + shown.path("days").asLong() + " days");
        for (JsonNode year : shown.path("years")) {
            out.println("byok: " + year.path("year").asInt() + ": "
                    + year.path("uses").asLong() + " uses in "
                    + year.path("segments").asLong() + " events, "
                    + year.path("keys").asLong() + " keys to destroy; "
                    + when(year));
        }
    }

    private static String when(JsonNode year) {
        if (year.path("heldBy").isString()) {
            return "kept by the legal hold " + year.path("heldBy").asString();
        }
        return (year.path("due").asBoolean() ? "let go, due since " : "kept until ")
                + year.path("dueAt").asString();
    }
}
