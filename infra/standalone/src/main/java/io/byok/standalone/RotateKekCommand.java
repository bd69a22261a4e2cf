package io.byok.standalone;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the running server to rotate keys and follows it to the end. */
@Command(
        name = "rotate-kek",
        description = {
            "Renews keys, online. Can be interrupted: the server goes on by itself, also after a restart, and the same"
                    + " command follows it again.",
            "The token is BYOK_TOKEN, or that in the data directory's file first-token; its scope is tenants:write."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:finished, nothing is left under the old version, which is destroyed",
            "1:failed; one line says why, and the old version lives",
            "2:wrong arguments",
            "3:no server is running, or it went away meanwhile"
        })
final class RotateKekCommand implements Callable<Integer> {

    private static final String ROTATIONS = "/v1/operations/key-rotations";
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    @Mixin
    private OperatorOptions options = new OperatorOptions();

    @Option(
            names = "--level",
            paramLabel = "root|tenant|data",
            defaultValue = "root",
            description = "root: the key of keys. tenant: tenants' keys. data: the keys of users and credentials")
    private String level = "root";

    @Option(names = "--chain", paramLabel = "events|credentials", description = "one chain of keys; both otherwise")
    private @Nullable String chain;

    @Option(names = "--tenant", paramLabel = "ID", description = "one tenant's keys; all tenants' otherwise")
    private @Nullable String tenant;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        PrintWriter err = spec == null
                ? new PrintWriter(System.err, true)
                : spec.commandLine().getErr();
        try (OperatorApi api = OperatorApi.of(options.home(), System.getenv())) {
            JsonNode last = follow(api, begin(api, err), new ProgressLine(err, System.getenv()));
            boolean finished = last.path("state").asString().equals("finished");
            if (options.json) {
                out.println(OperatorApi.JSON.writeValueAsString(last));
            } else {
                out.println("byok: " + (finished ? finished(last) : failed(last)));
            }
            return finished ? 0 : OperatorFailure.FAILED;
        } catch (OperatorFailure failure) {
            err.println("byok: " + failure.getMessage());
            return failure.exit();
        }
    }

    private String begin(OperatorApi api, PrintWriter err) {
        ObjectNode body = OperatorApi.JSON.createObjectNode().put("level", level);
        if (chain != null) {
            body.put("chain", chain);
        }
        if (tenant != null) {
            body.put("tenant", tenant);
        }
        OperatorApi.Answer answer = api.post(ROTATIONS, body);
        if (!answer.refusedWith("key-rotation-running")) {
            return OperatorApi.accepted(answer).path("id").asString();
        }
        String running = StreamSupport.stream(
                        OperatorApi.accepted(api.get(ROTATIONS)).path("data").spliterator(), false)
                .filter(one -> one.path("state").asString().equals("running")
                        && one.path("level").asString().equals(level))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow(() -> new OperatorFailure(
                        OperatorFailure.FAILED, "a rotation of this level has just ended; run the command again"));
        err.println("byok: " + running + " is running; following it");
        return running;
    }

    private static JsonNode follow(OperatorApi api, String id, ProgressLine progress) throws InterruptedException {
        try (progress) {
            while (true) {
                JsonNode now = OperatorApi.accepted(api.get(ROTATIONS + "/" + id));
                if (!now.path("state").asString().equals("running")) {
                    return now;
                }
                progress.show(now);
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (OperatorFailure gone) {
            throw gone.exit() == OperatorFailure.NOT_RUNNING
                    ? new OperatorFailure(
                            gone.exit(), gone.getMessage() + "; " + id + " goes on when a server runs again")
                    : gone;
        }
    }

    private static String finished(JsonNode last) {
        return "rotated " + last.path("level").asString() + " keys: "
                + last.path("done").asLong() + " renewed, "
                + last.path("remaining").asLong() + " under the old version, which is destroyed where nothing needs it";
    }

    private static String failed(JsonNode last) {
        return "rotation failed: " + last.path("failure").asString("no reason given") + " ("
                + last.path("remaining").asLong() + " under the old version)";
    }
}
