package io.byok.command.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer to a probe means.
 *
 * @param because one sentence from the catalogue, never from the answer, which may repeat the key
 * @param lacks rights that a limited key does not have, as far as known
 * @param told what the provider said about the account, by the catalogue's names; each at most
 *     {@value ProbeReading#LONGEST_TOLD} visible characters; from a good answer only
 * @param retryAfter how long the provider asks to wait, at most a day
 */
public record Reading(
        Outcome outcome,
        String because,
        List<String> lacks,
        Map<String, String> told,
        @Nullable Duration retryAfter) {}
