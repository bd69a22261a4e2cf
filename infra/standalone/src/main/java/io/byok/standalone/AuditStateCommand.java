package io.byok.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what was valid at a time, as the server makes it from the event store. */
@Command(
        name = "state",
        description = {
            "Shows which keys, chains and tokens were valid at a time, one on a line, from the event store.",
            "The token is BYOK_TOKEN, or that in the data directory's file first-token; its scope is audit:read."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:shown", "1:refused; the line says why", "2:wrong arguments", "3:no server is running"})
final class AuditStateCommand implements Callable<Integer> {

    @Mixin
    private OperatorOptions options = new OperatorOptions();

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            required = true,
            description = "an instant, such as 2026-11-22T12:00:00Z, or a date, which means its begin in UTC")
    private String at = "";

    @Option(names = "--user", paramLabel = "ID", description = "only keys and chains of this end user")
    private @Nullable String user;

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
            String path = "/v1/audit/state?at=" + URLEncoder.encode(at, UTF_8)
                    + (user == null ? "" : "&userId=" + URLEncoder.encode(user, UTF_8));
            JsonNode state = OperatorApi.accepted(api.get(path));
            if (options.json) {
                out.println(OperatorApi.JSON.writeValueAsString(state));
            } else {
                tell(state, out);
            }
            return 0;
        } catch (OperatorFailure failure) {
            err.println("byok: " + failure.getMessage());
            return failure.exit();
        }
    }

    private static void tell(JsonNode state, PrintWriter out) {
        out.println("as of " + word(state, "at") + ", position " + word(state, "position")
                + (state.path("suspended").asBoolean() ? ", the tenant was suspended: nothing was served" : ""));
        state.path("keys")
                .forEach(key -> out.println("key " + word(key, "id") + " " + word(key, "status")
                        + said(" ", key, "provider") + said("/", key, "environment") + text(" user=", key, "userId")
                        + list(" versions=", key, "versions") + list(" models=", key, "models")
                        + said(" expires=", key, "expiresAt")));
        state.path("chains")
                .forEach(chain -> out.println("chain " + word(chain, "id")
                        + said(" ", chain, "provider") + said("/", chain, "environment")
                        + text(" user=", chain, "userId")
                        + list(" keys=", chain, "keys") + said(" system=", chain, "system")
                        + list(" on=", chain, "on")));
        state.path("tokens")
                .forEach(token -> out.println("token " + word(token, "id") + text(" name=", token, "name")
                        + list(" scopes=", token, "scopes")
                        + (token.path("confined").asBoolean() ? " confined" : "") + said(" parent=", token, "parent")
                        + said(" expires=", token, "expiresAt")));
    }

    private static String word(JsonNode of, String name) {
        return of.path(name).asString("");
    }

    private static String said(String before, JsonNode of, String name) {
        return of.path(name).isString() ? before + word(of, name) : "";
    }

    /** What somebody outside has chosen: quoted, so that it stays on its line and shows its end. */
    private static String text(String before, JsonNode of, String name) {
        return of.path(name).isString() ? before + OperatorApi.JSON.writeValueAsString(word(of, name)) : "";
    }

    private static String list(String before, JsonNode of, String name) {
        return of.path(name).isEmpty()
                ? ""
                : before
                        + of.path(name)
                                .valueStream()
                                .map(one -> one.asString(""))
                                .collect(Collectors.joining(","));
    }
}
