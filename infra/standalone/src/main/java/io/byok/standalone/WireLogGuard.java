package io.byok.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps secrets that travel through libraries out of the log, whatever level is asked for.
 *
 * <p>Libraries print requests, headers, bodies and bind values at DEBUG and TRACE, and nobody can list all of them for
 * ever. So the rule is the other way round: below INFO only the loggers named here speak. A few libraries quote what
 * clients sent even at INFO or WARN (a header they could not parse, a body they could not read): those need more, or
 * never speak.
 */
public final class WireLogGuard extends TurboFilter {

    /** Ours (which never log secrets: tested), and loggers that know nothing but the application's own structure. */
    private static final List<String> MAY_SPEAK_BELOW_INFO = List.of(
            "io.byok.",
            "org.springframework.boot.autoconfigure.",
            "org.springframework.context.",
            "com.zaxxer.hikari.pool.");

    /** Quote request lines, headers, cookies and parameters that they could not parse, at INFO. */
    private static final List<String> NEED_WARN = List.of(
            "org.apache.coyote.",
            "org.apache.tomcat.",
            "org.apache.catalina.",
            "io.netty.",
            "io.vertx.",
            "jdk.",
            "sun.");

    /** Quote paths, and bodies that they could not read, at WARN. */
    private static final List<String> NEED_ERROR = List.of("org.springframework.web.", "org.springframework.http.");

    /** Quotes answers of a key service that it could not parse, keys and all, even at ERROR. What failed is told by ours. */
    private static final List<String> NEVER = List.of("com.azure.");

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        return mayReveal(logger.getName(), level) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    static boolean mayReveal(String logger, Level level) {
        if (startsWithAny(logger, NEVER)) {
            return true;
        }
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return false;
        }
        if (startsWithAny(logger, NEED_ERROR)) {
            return true;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return false;
        }
        if (startsWithAny(logger, NEED_WARN)) {
            return true;
        }
        return !level.isGreaterOrEqual(Level.INFO) && !startsWithAny(logger, MAY_SPEAK_BELOW_INFO);
    }

    private static boolean startsWithAny(String logger, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (logger.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
