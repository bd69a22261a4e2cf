/**
 * Real engines for tests: one PostgreSQL and one Kafka per JVM, shared by all tests, chosen in this order: what the
 * environment names ({@code BYOK_TEST_JDBC_URL}, {@code BYOK_TEST_KAFKA}), containers where a Docker engine answers,
 * the embedded ones otherwise. The tests are the same on each.
 *
 * <p>Starting points: {@link io.byok.testkit.TestPostgres}, {@link io.byok.testkit.TestKafka}; for tests that take an
 * engine away, {@link io.byok.testkit.FaultyPostgres} and {@link io.byok.testkit.FaultyKafka}.
 */
@NullMarked
package io.byok.testkit;

import org.jspecify.annotations.NullMarked;
