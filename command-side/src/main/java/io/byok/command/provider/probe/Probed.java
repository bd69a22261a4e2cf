package io.byok.command.provider.probe;

import io.byok.command.provider.Reading;
import java.time.Duration;

/**
 * What asking brought.
 *
 * @param called method, host and path of the call, without anything of the credential
 * @param took from the first byte out to the last one in
 */
public record Probed(Reading reading, String called, Duration took) {}
