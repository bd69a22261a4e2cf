package io.byok.e2e.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What can be reached from an object by following fields: a record's components, a class's fields and those it inherits,
 * the arguments of generic types, and every permitted kind of a sealed type of ours.
 */
final class Reach {

    private final Set<String> wanted;

    /** @param wanted names of the types that are looked for */
    Reach(Collection<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** The way to the first one that is found, as {@code Event.field > Type.field}; empty when there is none. */
    Optional<String> from(JavaClass start) {
        return from(start, new HashSet<>(), "");
    }

    private Optional<String> from(JavaClass type, Set<String> seen, String way) {
        if (!seen.add(type.getName())) {
            return Optional.empty();
        }
        for (JavaField field : type.getAllFields()) {
            if (field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)) {
                continue;
            }
            String here = way + (way.isEmpty() ? "" : " > ") + type.getSimpleName() + "." + field.getName();
            for (JavaClass part : field.getType().getAllInvolvedRawTypes()) {
                Optional<String> found = part(part.getBaseComponentType(), seen, here);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> part(JavaClass part, Set<String> seen, String way) {
        if (wanted.contains(part.getName())) {
            return Optional.of(way + ": " + part.getSimpleName());
        }
        if (!part.getPackageName().startsWith("io.byok")) {
            return Optional.empty();
        }
        Optional<String> found = from(part, seen, way);
        if (found.isEmpty() && part.isInterface() && part.reflect().isSealed()) {
            for (JavaClass kind : part.getAllSubclasses()) {
                found = part(kind, seen, way);
                if (found.isPresent()) {
                    break;
                }
            }
        }
        return found;
    }
}
