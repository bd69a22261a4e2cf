package io.byok.platform.web.door;

/** Takes note of refused attempts. Called while somebody waits for the refusal: must neither block nor throw. */
@FunctionalInterface
public interface DenialListener {

    void denied(Denial denial);
}
