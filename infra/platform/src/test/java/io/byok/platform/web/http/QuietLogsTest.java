package io.byok.platform.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.byok.platform.web.Scopes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class QuietLogsTest {

    private static final String MARK = "sk-marked-0123456789";

    @Test
    void with_everything_at_trace_neither_token_nor_body_nor_path_is_written() throws Exception {
        TestServer server = TestServer.get();
        String token = server.token(Scopes.KEYS_WRITE, Scopes.KEYS_READ);
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        Lines lines = new Lines(root);
        try {
            root.setLevel(Level.TRACE);
            for (String body : new String[] {
                "{\"name\":\"" + MARK + "\",\"count\":1}",
                "{\"name\":\"a\",\"count\":1,\"credential\":{\"apiKey\":\"" + MARK + "\"}}",
                "{\"name\":" + MARK,
                "{\"" + MARK + "\":1}",
                "{\"name\":\"a\",\"count\":\"" + MARK + "\"}",
            }) {
                Answer.to(
                        server.port(),
                        "POST",
                        "/v1/users/u/things",
                        body.getBytes(UTF_8),
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/json");
            }
            for (String path :
                    new String[] {"/v1/" + MARK, "/v1/things/" + MARK + "/fails", "/v1/things?limit=" + MARK}) {
                Answer.to(server.port(), "GET", path, null, "Authorization", "Bearer " + token);
            }
            Answer.to(server.port(), "GET", "/v1/things", null, "Authorization", "Bearer " + MARK);
            Answer.toRaw(server.port(), ("GET /" + MARK + " HTTP/1.1\r\n" + MARK + "\r\n\r\n").getBytes(UTF_8));
        } finally {
            root.setLevel(before);
            root.detachAppender(lines);
        }
        assertThat(lines.written).as("that anything was logged").anyMatch(line -> line.contains("unexpected failure"));
        assertThat(lines.written).noneMatch(line -> line.contains("0123456789") || line.contains(token.substring(10)));
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final Queue<String> written = new ConcurrentLinkedQueue<>();
        private final PatternLayout layout = new PatternLayout();

        Lines(Logger root) {
            layout.setContext(root.getLoggerContext());
            layout.setPattern("%level %logger %mdc %msg%n%ex{full}");
            layout.start();
            setContext(root.getLoggerContext());
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLoggerName().startsWith("jdk.")
                    && !event.getLoggerName().startsWith("org.junit")) {
                written.add(layout.doLayout(event)); // the client's own logs are not the server's
            }
        }
    }
}
