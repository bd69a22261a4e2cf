/**
 * HTTP as both sides speak it: who calls, what may be called, how problems look, how reads wait for writes. This package
 * is the vocabulary that controllers use; it knows no servlet. {@code problem} turns failures into RFC 9457 documents,
 * {@code json} reads strictly, {@code http} guards the listener, {@code openapi} describes all of it.
 *
 * <p>Starting points: {@link io.byok.platform.web.Caller}, {@link io.byok.platform.web.RequiresScope},
 * {@link io.byok.platform.web.BadRequest}, {@link io.byok.platform.web.ProblemCode}.
 */
@NullMarked
package io.byok.platform.web;

import org.jspecify.annotations.NullMarked;
