package io.byok.platform.web;

/**
 * One field that cannot be taken.
 *
 * @param pointer RFC 6901 JSON pointer into the request's body; the empty string is the whole body
 * @param message what is wrong, for people, as in {@code must be a string}; never the value
 */
public record FieldProblem(String pointer, String message) {}
