package io.byok.command.provider;

/**
 * Why a credential is not well-formed.
 *
 * @param pointer JSON pointer (RFC 6901) from the credential, such as {@code /apiKey}; empty for the credential itself
 * @param message one sentence that repeats nothing of any value
 */
public record CredentialProblem(String pointer, String message) {}
