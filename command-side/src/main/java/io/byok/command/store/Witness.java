package io.byok.command.store;

import java.util.UUID;

/** One event of a transaction: when it stands at its position, the whole transaction was committed. */
record Witness(long position, UUID eventId) {}
