/**
 * The log: events become durable here, densely numbered in the order of their commits, together with whatever must be
 * true at once with them.
 *
 * <p>{@link io.byok.command.store.Appender} is the only way in: it gathers what waits into one transaction.
 * {@link io.byok.command.store.EventLog} reads. {@link io.byok.command.store.PostgresEventStorageEngine} shows both to
 * Axon. Inside, {@code Committer} owns the connection and what happens when it breaks, {@code Batch} is one attempt, and
 * {@code Append} with {@code EventArrays} is the SQL.
 */
@NullMarked
package io.byok.command.store;

import org.jspecify.annotations.NullMarked;
