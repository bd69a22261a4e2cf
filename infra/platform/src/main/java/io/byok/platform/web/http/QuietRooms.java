package io.byok.platform.web.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps libraries that print what passes through them (received bytes, headers, bound values, deserialised objects) at
 * INFO, whatever level is configured: debugging a deployment must not write credentials to its log.
 */
final class QuietRooms extends TurboFilter {

    /** Warns of every wrong path and prints it: anybody's way to fill the log, with text of their choice. */
    private static final String LOST_CALLERS = "org.springframework.web.servlet.PageNotFound";

    /** Quotes the first header line it cannot read at INFO. */
    private static final String PARSER = "org.apache.coyote.";

    private static final List<String> ROOMS = List.of(
            "org.apache.catalina.",
            "org.apache.tomcat.",
            "org.springframework.web.",
            "org.springframework.http.",
            "org.springframework.security.",
            "org.springframework.jdbc.",
            "org.jooq.",
            "org.postgresql.",
            "com.zaxxer.hikari.pool.ProxyStatement",
            "io.netty.",
            "io.vertx.",
            "jdk.httpclient.",
            "jdk.internal.httpclient.");

    /** Installs the filter once per process; does nothing with another logging library, which then has to see to it. */
    static void install() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getTurboFilterList().stream().noneMatch(QuietRooms.class::isInstance)) {
            context.addTurboFilter(new QuietRooms());
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (level.levelInt < logger.getEffectiveLevel().levelInt) {
            return FilterReply.NEUTRAL; // not written anyway; every disabled debug call comes past here
        }
        return isDenied(logger.getName(), level) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isDenied(String room, Level level) {
        if (room.equals(LOST_CALLERS)) {
            return true;
        }
        if (room.startsWith(PARSER)) {
            return level.levelInt < Level.WARN_INT;
        }
        return level.levelInt < Level.INFO_INT && ROOMS.stream().anyMatch(room::startsWith);
    }
}
