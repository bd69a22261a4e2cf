package io.byok.command.key;

import io.byok.command.vault.PastedIntake;
import io.byok.command.vault.SecretBytes;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What somebody pasted and wants to know about.
 *
 * @param text up to 16,384 characters; looked at, and wiped
 */
record DetectBody(
        @JsonDeserialize(using = PastedIntake.class) SecretBytes text) {}
