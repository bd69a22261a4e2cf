/**
 * Who did what, on which key, why, and when: one row per fact, every single use of a secret included.
 *
 * <p>Starting points: {@link io.byok.query.audit.AuditProjector}, {@link io.byok.query.audit.AuditController}.
 */
@NullMarked
package io.byok.query.audit;

import org.jspecify.annotations.NullMarked;
