/**
 * Failures as RFC 9457 documents, without servlet types so that every listener can use them. One table
 * ({@link io.byok.platform.web.problem.ProblemTable}) holds each code once; one place
 * ({@link io.byok.platform.web.problem.Problems}) decides which failure is which problem. Nothing that a caller sent, and
 * no exception's own message, ever gets into a problem.
 */
@NullMarked
package io.byok.platform.web.problem;

import org.jspecify.annotations.NullMarked;
