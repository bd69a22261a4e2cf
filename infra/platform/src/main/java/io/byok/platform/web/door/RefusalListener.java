package io.byok.platform.web.door;

/** Takes note of refused commands. Called while somebody waits for the refusal: must neither block nor throw. */
@FunctionalInterface
public interface RefusalListener {

    void refused(RefusedCommand command);
}
