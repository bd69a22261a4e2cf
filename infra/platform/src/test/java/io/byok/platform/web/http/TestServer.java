package io.byok.platform.web.http;

import io.byok.platform.access.TokenHasher;
import io.byok.platform.access.TokenText;
import io.byok.platform.access.WidgetTokens;
import io.byok.platform.seal.SealState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** One listener on a real Tomcat over a real PostgreSQL for all tests of this module. */
final class TestServer {

    private static final UUID TENANT = UUID.fromString("01960000-0000-7000-8000-000000000001");
    private static final byte[] PEPPER = "only-for-tests-only-for-tests-32".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DATABASE = "web";

    private static @Nullable TestServer running;

    private final EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({HttpWiring.class, ThingController.class})
    static class Application {

        @Bean
        TokenHasher hasher() {
            return TestServer::hash;
        }

        @Bean
        WidgetTokens widgets() {
            return new WidgetTokens(claims -> hash("widget"
                    .concat(new String(claims, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1)));
        }

        @Bean
        SealState unsealed() {
            return SealState.of(() -> {});
        }
    }

    private TestServer(EmbeddedPostgres postgres) throws SQLException {
        this.postgres = postgres;
        asOwner("create database " + DATABASE);
        this.context = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", DATABASE),
                "--spring.datasource.username=postgres",
                "--spring.datasource.hikari.connection-timeout=500",
                "--spring.flyway.locations=classpath:db/platform",
                "--byok.http.body-timeout=1s",
                "--spring.main.banner-mode=off");
    }

    static synchronized TestServer get() throws IOException, SQLException {
        TestServer server = running;
        if (server == null) {
            server = new TestServer(EmbeddedPostgres.builder().start()); // both end with the process
            running = server;
        }
        return server;
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** A fresh token with these scopes. */
    String token(String... scopes) throws SQLException {
        byte[] random = new byte[TokenText.RANDOM_BYTES];
        RANDOM.nextBytes(random);
        byte[] token = TokenText.make("live", random);
        try (Connection connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                var insert = connection.prepareStatement(
                        "insert into access.api_token values (?, ?, ?, 'test', 'byok_live_...', ?, now(), null,"
                                + " null)")) {
            insert.setBytes(1, hash(token));
            insert.setObject(2, UUID.randomUUID());
            insert.setObject(3, TENANT);
            insert.setArray(4, connection.createArrayOf("text", List.of(scopes).toArray()));
            insert.executeUpdate();
        }
        return new String(token, StandardCharsets.US_ASCII);
    }

    void revoke(String token) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                var update = connection.prepareStatement(
                        "update access.api_token set revoked_at = now() where token_hash = ?")) {
            update.setBytes(1, hash(token.getBytes(StandardCharsets.US_ASCII)));
            update.executeUpdate();
        }
    }

    /** Takes the database away from the server, as a stopped PostgreSQL would, and gives it back. */
    void letDatabaseIn(boolean in) throws SQLException {
        asOwner("alter database " + DATABASE + " with allow_connections " + in);
        asOwner("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + DATABASE + "'");
    }

    private void asOwner(String statement) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static byte[] hash(byte[] token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(PEPPER, "HmacSHA256"));
            return mac.doFinal(token);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
