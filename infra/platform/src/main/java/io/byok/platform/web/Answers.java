package io.byok.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a handler answers when all goes well, for the description, where its signature does not say it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {

    int value() default 200;

    /** The body; nothing for none. */
    Class<?> body() default Void.class;

    /** The media type of the body. */
    String type() default "application/json";

    /** Whether an {@code Idempotency-Key} is honoured. */
    boolean once() default false;

    /** Whether the answer has an {@code ETag}. */
    boolean etag() default false;

    /** What else it may refuse with, beyond what its parameters tell. */
    int[] problems() default {};
}
