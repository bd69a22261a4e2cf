/**
 * PostgreSQL and Kafka without an installation: both are started from the classpath, listen on loopback only, keep their
 * data in one directory and come back after a kill -9. The server uses them when it is given no addresses, and the
 * tests use the very same ones.
 *
 * <p>Starting points: {@link io.byok.engines.Engines} for both at once, {@link io.byok.engines.EmbeddedPostgresEngine},
 * {@link io.byok.engines.EmbeddedKafkaEngine}.
 */
@NullMarked
package io.byok.engines;

import org.jspecify.annotations.NullMarked;
