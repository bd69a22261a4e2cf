package io.byok.command.use.domain;

import io.byok.kernel.KeyId;

/** One version of one key: what is handed out, and what succeeds or fails. */
public record Serving(KeyId key, int version) {}
