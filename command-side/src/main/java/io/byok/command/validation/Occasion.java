package io.byok.command.validation;

import java.util.Locale;

/** Why a provider is asked. */
enum Occasion {
    SAVED,
    REQUESTED,
    SCHEDULED,
    LIVE_USE;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
