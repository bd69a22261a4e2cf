package io.byok.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The handler lets a caller whose credential is confined to users or providers reach nothing beyond these. Handlers
 * without it are closed to such callers, so that a new one cannot be the hole.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Confines {}
