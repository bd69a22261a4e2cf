package io.byok.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireLogGuardTest {

    @Test
    void with_everything_at_trace_only_our_own_loggers_speak_below_info() throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("byok.log.level", "TRACE");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(WireLogGuard.class.getResource("/logback.xml"));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        root.addAppender(heard);

        for (String wire : new String[] {
            "org.apache.coyote.http11.Http11InputBuffer", "org.postgresql.Driver", "org.jooq.tools.LoggerListener",
            "org.apache.kafka.clients.producer.KafkaProducer", "io.netty.handler.logging.LoggingHandler",
                    "jdk.httpclient",
            "org.springframework.web.client.RestClient", "a.library.that.nobody.heard.of"
        }) {
            context.getLogger(wire).setLevel(Level.TRACE);
            context.getLogger(wire).trace("the secret");
            context.getLogger(wire).debug("the secret");
        }
        context.getLogger("io.byok.command.Anything").debug("ours");
        assertThat(heard.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("ours");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.coyote.http11.Http11Processor",
                "org.apache.tomcat.util.http.Parameters",
                "org.springframework.web.servlet.PageNotFound"
            })
    void libraries_that_quote_what_they_cannot_parse_do_not_get_to_say_it_at_info(String logger) {
        assertThat(WireLogGuard.mayReveal(logger, Level.INFO)).isTrue();
        assertThat(WireLogGuard.mayReveal(logger, Level.ERROR)).isFalse();
    }

    @Test
    void a_body_that_could_not_be_read_is_not_quoted_in_a_warning() {
        assertThat(WireLogGuard.mayReveal(
                        "org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver", Level.WARN))
                .isTrue();
    }

    @Test
    void a_client_that_quotes_keys_in_its_errors_never_speaks() {
        assertThat(WireLogGuard.mayReveal(
                        "com.azure.core.implementation.serializer.DefaultJsonSerializer", Level.ERROR))
                .isTrue();
    }
}
