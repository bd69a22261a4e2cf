package io.byok.e2e;

import io.byok.testkit.FaultyKafka;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * What the servers of one test share: a database, brokers, and the key of keys. Brokers are never shared between worlds,
 * since the topic has one name.
 */
record World(Database database, FaultyKafka kafka, String encryptionKey) implements AutoCloseable {

    /** New and empty: a database of the PostgreSQL that all tests share, and brokers of its own. */
    static World fresh() {
        return on(TestPostgres.freshDatabase());
    }

    static World on(TestDatabase database) {
        return on(database, FaultyKafka.running());
    }

    /** @param kafka is the world's from now on */
    static World on(TestDatabase database, FaultyKafka kafka) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new World(new Database(database), kafka, Base64.getEncoder().encodeToString(key));
    }

    /** As the server wants to be told. */
    Map<String, String> environment() {
        TestDatabase access = database.access();
        String url = access.jdbcUrl();
        String address = url + (url.contains("?") ? "&" : "?") + "user=" + access.username() + "&password="
                + Api.encoded(access.password());
        return Map.of(
                "DATABASE_URL", address,
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "BYOK_ENCRYPTION_KEY", encryptionKey);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
