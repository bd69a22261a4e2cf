package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What consumption is counted in; the word is the one in usage records. */
public enum UsageUnit {
    INPUT_TOKENS("inputTokens"),
    OUTPUT_TOKENS("outputTokens"),
    CACHED_READ_TOKENS("cachedReadTokens"),
    CACHED_WRITE_TOKENS("cachedWriteTokens"),
    REASONING_TOKENS("reasoningTokens"),
    AUDIO_TOKENS("audioTokens"),
    AUDIO_SECONDS("audioSeconds"),
    CHARACTERS("characters"),
    CREDITS("credits"),
    SMS_SEGMENTS("smsSegments"),
    CALL_SECONDS("callSeconds"),
    COMPUTE_SECONDS("computeSeconds"),
    REQUESTS("requests"),
    IMAGES("images");

    private final String word;

    UsageUnit(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    @JsonCreator
    static UsageUnit of(String word) {
        return Arrays.stream(values())
                .filter(unit -> unit.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"%s\" is not a unit".formatted(word)));
    }

    @Override
    public String toString() {
        return word;
    }
}
