package io.byok.standalone;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Present only if {@code byok.role} includes this side. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnRole.Included.class)
@interface OnRole {

    Role value();

    /** Compares the side that is asked for with the role of this process. */
    final class Included implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Role side = metadata.getAnnotations().get(OnRole.class).getEnum("value", Role.class);
            String role = context.getEnvironment().getProperty("byok.role", Role.ALL.name());
            return Role.valueOf(role.toUpperCase(Locale.ROOT)).includes(side);
        }
    }
}
