package io.byok.standalone;

import picocli.CommandLine.Command;

/** What an operator does to the keys of keys. */
@Command(
        name = "keys",
        description = "Looks at and rotates the keys that seal everything else, on the running server.",
        mixinStandardHelpOptions = true,
        subcommands = {RotateKekCommand.class, KeysStatusCommand.class})
final class KeysCommand {}
