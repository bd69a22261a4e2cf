package io.byok.standalone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done about erasures without a server. */
@Command(
        name = "erase",
        description = "Checks certificates of erasure",
        mixinStandardHelpOptions = true,
        subcommands = EraseVerifyCommand.class)
final class EraseCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "erase wants a command: verify");
        }
    }
}
