/** The rules of retention, pure: {@link io.byok.command.retention.domain.RetentionDecider} is all of them. */
@NullMarked
package io.byok.command.retention.domain;

import org.jspecify.annotations.NullMarked;
