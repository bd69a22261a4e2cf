package io.byok.command.validation;

/** Whether this server asks providers at all ({@code byok.enable.validation}). */
record ValidationSwitch(boolean on) {}
