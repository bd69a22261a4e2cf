package io.byok.standalone;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What the read models could not take, and what to do about it, asked of the running server. */
@Command(
        name = "feed",
        description = {
            "Shows and settles the records that read models could not take; behind each its stream waits.",
            "The token is BYOK_TOKEN, or that in the data directory's file first-token; its scope is tenants:write."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or the stream still waits; the lines say why",
            "2:wrong arguments",
            "3:no server is running"
        })
final class FeedCommand {

    private static final String PARKED = "/v1/platform/parked";

    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "parked", description = "lists them, in the order in which they were parked")
    int parked(@Mixin OperatorOptions options) {
        return with(options, (api, out) -> {
            String cursor = "";
            int count = 0;
            do {
                JsonNode page = OperatorApi.accepted(api.get(PARKED + cursor));
                for (JsonNode one : page.path("data")) {
                    out.println(options.json ? OperatorApi.JSON.writeValueAsString(one) : line(one));
                    count++;
                }
                cursor = page.path("nextCursor").isString()
                        ? "?cursor=" + page.path("nextCursor").asString()
                        : "";
            } while (!cursor.isEmpty());
            if (count == 0 && !options.json) {
                out.println("byok: nothing is parked");
            }
            return 0;
        });
    }

    @Command(name = "retry", description = "tries again the stream of a record, in its order, from the event store")
    int retry(@Mixin OperatorOptions options, @Parameters(paramLabel = "ID") long id) {
        return with(options, (api, out) -> {
            JsonNode done =
                    OperatorApi.accepted(api.post(PARKED + "/" + id + "/retry", OperatorApi.JSON.createObjectNode()));
            long waiting = done.path("waiting").asLong();
            out.println(
                    options.json
                            ? OperatorApi.JSON.writeValueAsString(done)
                            : "byok: applied " + done.path("applied").asLong() + ", waiting " + waiting);
            return waiting == 0 ? 0 : OperatorFailure.FAILED;
        });
    }

    @Command(name = "discard", description = "gives a record up; what waits behind it can be tried again then")
    int discard(
            @Mixin OperatorOptions options,
            @Parameters(paramLabel = "ID") long id,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "kept with it; nothing secret")
                    String reason) {
        return with(options, (api, out) -> {
            JsonNode done = OperatorApi.accepted(api.post(
                    PARKED + "/" + id + "/discard",
                    OperatorApi.JSON.createObjectNode().put("reason", reason)));
            out.println(options.json ? OperatorApi.JSON.writeValueAsString(done) : line(done));
            return 0;
        });
    }

    private int with(OperatorOptions options, ToIntBiFunction<OperatorApi, PrintWriter> deed) {
        CommandSpec own = Objects.requireNonNull(spec, "picocli sets it");
        try (OperatorApi api = OperatorApi.of(options.home(), System.getenv())) {
            return deed.applyAsInt(api, own.commandLine().getOut());
        } catch (OperatorFailure failure) {
            own.commandLine().getErr().println("byok: " + failure.getMessage());
            return failure.exit();
        }
    }

    private static String line(JsonNode one) {
        String of = one.path("position").isNumber()
                ? "position " + one.path("position").asLong() + ", "
                        + one.path("event").asString("") + " of "
                        + one.path("stream").asString("")
                : "offset " + one.path("offset").asLong();
        String fate = one.path("discarded").isObject()
                ? "; discarded: " + one.path("discarded").path("reason").asString("")
                : "";
        return one.path("id").asString("") + " " + one.path("projection").asString("") + ": " + of + ", since "
                + one.path("since").asString("") + ": " + one.path("reason").asString("") + fate;
    }
}
