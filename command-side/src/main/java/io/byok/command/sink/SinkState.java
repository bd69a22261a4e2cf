package io.byok.command.sink;

import java.time.Instant;

/**
 * What a sink says of itself.
 *
 * @param why what fails, in a few words and without any path; empty while it works
 * @param since when it came to be so
 * @param failures how often it went down since the start
 */
record SinkState(boolean up, String why, Instant since, long failures) {}
