package io.byok.platform.web.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serial;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Lets JSON follow the types: what is not {@code @Nullable} must be sent and must not be null. */
final class RecordRules extends JacksonAnnotationIntrospector {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return member instanceof AnnotatedParameter parameter
                ? Boolean.valueOf(!isNullable(parameter))
                : super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        if (annotated instanceof AnnotatedParameter parameter) {
            return JsonSetter.Value.construct(isNullable(parameter) ? Nulls.SET : Nulls.FAIL, Nulls.FAIL);
        }
        return super.findSetterInfo(config, annotated);
    }

    @Override
    public Object findEnumNamingStrategy(MapperConfig<?> config, AnnotatedClass type) {
        Object named = super.findEnumNamingStrategy(config, type);
        return named == null ? EnumNamingStrategies.KEBAB_CASE : named;
    }

    /** Jackson does not collect annotations on types, so reflection is asked. */
    private static boolean isNullable(AnnotatedParameter parameter) {
        return parameter.getOwner().getAnnotated() instanceof Executable creator
                && creator.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(Nullable.class);
    }
}
