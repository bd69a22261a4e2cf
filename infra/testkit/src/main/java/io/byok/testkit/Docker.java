package io.byok.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a Docker engine really answers: asked once per JVM, in two seconds at most. A client alone is no engine. */
final class Docker {

    static final boolean ANSWERS = answers();

    private Docker() {}

    private static boolean answers() {
        String host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(ping(URI.create(host)));
            } catch (IOException | IllegalArgumentException e) {
                answer.complete(false);
            }
        });
        try {
            return answer.get(2, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean ping(URI host) throws IOException {
        if (!"unix".equals(host.getScheme())) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), 2000);
                return true;
            }
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(host.getPath())))) {
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n"));
            ByteBuffer start = ByteBuffer.allocate(12);
            while (start.hasRemaining() && channel.read(start) >= 0) {
                // An answer may come in pieces; its first twelve bytes hold the status.
            }
            return new String(start.array(), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        }
    }
}
