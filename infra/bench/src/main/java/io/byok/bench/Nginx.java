package io.byok.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** nginx answering a constant: what this machine's sockets allow. Absent where nginx is. */
final class Nginx implements AutoCloseable {

    private final Process process;

    private Nginx(Process process) {
        this.process = process;
    }

    /** Empty where it is not installed. */
    static Optional<Nginx> start(int port, String answer) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("byok-nginx-");
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off; worker_processes 1; pid %1$s/pid; error_log %1$s/error.log;
                events { worker_connections 1024; }
                http { access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  keepalive_requests 100000000;
                  server { listen 127.0.0.1:%2$d; location / { default_type application/json; return 200 '%3$s'; } } }
                """.formatted(directory, port, answer));
        try {
            Process process = new ProcessBuilder(
                            "nginx",
                            "-e",
                            directory.resolve("error.log").toString(),
                            "-c",
                            configuration.toString(),
                            "-p",
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("out").toFile())
                    .start();
            return process.waitFor(500, TimeUnit.MILLISECONDS) ? Optional.empty() : Optional.of(new Nginx(process));
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
