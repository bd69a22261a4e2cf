package io.byok.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people write by hand: per request a look-up of the key, a decryption, an audit row, a commit; 32 connections,
 * virtual threads. The token is hashed and compared in memory. No policy, no fallback, one key of keys for all.
 */
final class SqlPerRequest implements AutoCloseable {

    private static final String BEARER = "Bearer ";
    private static final String SCHEMA = """
            create schema hand;
            create table hand.key (user_id text not null, provider text not null, key uuid not null, sealed bytea not null,
                status text not null, primary key (user_id, provider));
            create table hand.audit (id uuid primary key, key uuid not null, user_id text not null, actor text not null,
                purpose text not null, at timestamptz not null default now())""";

    private final JsonMapper json = JsonMapper.shared();
    private final SecretKeySpec key;
    private final HikariDataSource pool;
    private final byte[] tokenHash;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    SqlPerRequest(BenchDatabase database, int port, String token, int users, String secret) throws Exception {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "AES");
        pool = database.morePool();
        tokenHash = hash(token);
        fill(users, secret);
        server = vertx.createHttpServer().requestHandler(this::handle);
        server.listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void fill(int users, String secret) throws SQLException, GeneralSecurityException {
        try (Connection connection = pool.getConnection()) {
            connection.createStatement().execute(SCHEMA);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into hand.key values (?, 'openai', ?, ?, 'active')")) {
                for (int i = 0; i < users; i++) {
                    insert.setString(1, "user-" + i);
                    insert.setObject(2, UUID.randomUUID());
                    insert.setBytes(3, seal(secret.getBytes(StandardCharsets.UTF_8)));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Context loop = Objects.requireNonNull(Vertx.currentContext());
            threads.execute(() -> {
                byte[] answer =
                        answer(Objects.requireNonNullElse(request.getHeader("Authorization"), BEARER), body.getBytes());
                loop.runOnContext(back -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(Buffer.buffer(answer)));
            });
        });
    }

    private byte[] answer(String authorization, byte[] body) {
        if (!MessageDigest.isEqual(hash(authorization.substring(BEARER.length())), tokenHash)) {
            throw new IllegalStateException("not the token");
        }
        JsonNode asked = json.readTree(body);
        String user = asked.path("userId").asString();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            UUID id;
            byte[] sealed;
            try (PreparedStatement select = connection.prepareStatement(
                    "select key, sealed from hand.key where user_id = ? and provider = ? and status = 'active'")) {
                select.setString(1, user);
                select.setString(2, asked.path("provider").asString());
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    id = row.getObject(1, UUID.class);
                    sealed = row.getBytes(2);
                }
            }
            String secret = new String(open(sealed), StandardCharsets.UTF_8);
            UUID use = UUID.randomUUID();
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into hand.audit (id, key, user_id, actor, purpose) values (?, ?, ?, 'tok', ?)")) {
                insert.setObject(1, use);
                insert.setObject(2, id);
                insert.setString(3, user);
                insert.setString(4, asked.path("purpose").asString());
                insert.executeUpdate();
            }
            connection.commit();
            return json.writeValueAsBytes(Map.of(
                    "useId", use.toString(),
                    "keyId", id.toString(),
                    "version", 1,
                    "source", "user",
                    "credential", Map.of("apiKey", secret)));
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] seal(byte[] plain) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(plain);
        return ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
    }

    private byte[] open(byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, sealed, 0, 12));
        return cipher.doFinal(sealed, 12, sealed.length - 12);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        threads.close();
        pool.close();
    }
}
