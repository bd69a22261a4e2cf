package io.byok.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Asks the running server for a replay and follows it to the end. */
@Command(
        name = "replay",
        description = {
            "Makes a read model again from the event store, beside the live one, and compares the two; with audit also the"
                    + " root of every signed state of the audit log.",
            "The token is BYOK_TOKEN, or that in the data directory's file first-token; its scope is replays:run."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:equal",
            "1:different, or failed; the lines say where",
            "2:wrong arguments",
            "3:no server is running, or it went away meanwhile"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final String REPLAYS = "/v1/replays";
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    @Mixin
    private OperatorOptions options = new OperatorOptions();

    @ArgGroup(multiplicity = "1")
    private Wanted wanted = new Wanted();

    /** What is asked for. */
    static final class Wanted {
        @Option(names = "--verify", paramLabel = "keys|usage|audit|all", description = "compare only")
        @Nullable
        String verify;

        @Option(
                names = "--rebuild",
                paramLabel = "keys|usage|audit|all",
                description = "also put it in the place of the live one")
        @Nullable
        String rebuild;
    }

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "also keep the signed report: byok audit verify-report checks it")
    private @Nullable Path report;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        PrintWriter err = spec == null
                ? new PrintWriter(System.err, true)
                : spec.commandLine().getErr();
        try (OperatorApi api = OperatorApi.of(options.home(), System.getenv())) {
            JsonNode begun = OperatorApi.accepted(api.post(
                    REPLAYS,
                    OperatorApi.JSON
                            .createObjectNode()
                            .put("projection", wanted.verify == null ? wanted.rebuild : wanted.verify)
                            .put("mode", wanted.verify == null ? "rebuild" : "verify")));
            JsonNode last = follow(api, begun.path("id").asString(), err);
            if (report != null) {
                Files.writeString(
                        report, api.text(REPLAYS + "/" + begun.path("id").asString() + "/report"));
            }
            boolean equal = last.path("status").asString().equals("succeeded")
                    && last.path("equal").asBoolean();
            if (options.json) {
                out.println(OperatorApi.JSON.writeValueAsString(last));
            } else {
                tell(last, equal, out);
            }
            return equal ? 0 : OperatorFailure.FAILED;
        } catch (OperatorFailure failure) {
            err.println("byok: " + failure.getMessage());
            return failure.exit();
        }
    }

    private static JsonNode follow(OperatorApi api, String id, PrintWriter err) throws InterruptedException {
        String shown = "";
        while (true) {
            JsonNode now = OperatorApi.accepted(api.get(REPLAYS + "/" + id));
            if (!now.path("status").asString().equals("running")) {
                return now;
            }
            String line = progress(now);
            if (!line.equals(shown)) {
                err.println(line);
                shown = line;
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static String progress(JsonNode now) {
        StringBuilder line = new StringBuilder("byok: replayed ")
                .append(now.path("processed").asLong())
                .append('/')
                .append(now.path("total").asLong());
        if (now.path("rate").isNumber()) {
            line.append(String.format(
                    Locale.ROOT, ", %.0f events/s", now.path("rate").asDouble()));
        }
        if (now.path("etaSeconds").isNumber()) {
            line.append(", ").append(now.path("etaSeconds").asLong()).append(" s left");
        }
        return line.toString();
    }

    private static void tell(JsonNode last, boolean equal, PrintWriter out) {
        if (equal) {
            out.println("byok: equal: " + last.path("total").asLong() + " events, "
                    + last.path("digests").size() + " digests");
            return;
        }
        if (last.path("failure").isString()) {
            out.println("byok: the replay failed: " + last.path("failure").asString());
        }
        for (JsonNode one : last.path("differences")) {
            out.println("byok: " + one.path("table").asString() + " "
                    + one.path("kind").asString() + ": " + one.path("key"));
        }
        long others = last.path("differencesOfOthers").asLong();
        if (others > 0) {
            out.println("byok: and " + others + " rows of other tenants");
        }
    }
}
