package io.byok.platform.web;

/** Asks one part of the server whether requests can be served. Every bean of this type counts in {@code /readyz}. */
public interface ReadinessProbe {

    /** A stable word such as {@code database}, shown to anybody who asks. */
    String part();

    /** May block for as long as it is useful; the caller gives up on its own. Anything thrown means no. */
    boolean isReady();
}
