package io.byok.standalone;

import picocli.CommandLine.Command;

/** What asks a running server about its history. What verifies without one has programs of its own. */
@Command(
        name = "audit",
        description = "Asks the running server about its history.",
        mixinStandardHelpOptions = true,
        subcommands = AuditStateCommand.class)
final class AuditCommand {}
