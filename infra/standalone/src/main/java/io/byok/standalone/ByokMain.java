package io.byok.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program. Whatever goes wrong, the console gets one line that begins with {@code byok:}; the rest is in the log.
 *
 * <p>Exit codes: 0 ended as asked, 1 could not start, failed, or found something not valid, 2 wrong arguments.
 */
@Command(
        name = "byok",
        description = "The open ledger for your users' provider keys",
        subcommands = {
            ServeCommand.class,
            KeysCommand.class,
            EraseCommand.class,
            ReplayCommand.class,
            RetentionCommand.class,
            AuditCommand.class,
            FeedCommand.class
        })
public final class ByokMain {

    private ByokMain() {}

    public static void main(String[] arguments) {
        int exit = run(arguments, new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8));
        // The hook that stops the server has its turn in here, when the server was up.
        System.exit(exit);
    }

    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return new CommandLine(new ByokMain())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, given) -> {
                    err.println("byok: " + firstLine(String.valueOf(wrong.getMessage())) + " (see: byok help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println("byok: " + StartFailure.reason(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("wrong arguments");
    }
}
