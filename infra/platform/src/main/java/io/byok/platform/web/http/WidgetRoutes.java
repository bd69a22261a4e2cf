package io.byok.platform.web.http;

import io.byok.platform.access.WidgetTokens;
import io.byok.platform.web.Confines;
import io.byok.platform.web.RequiresScope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * What a widget's token may use at all: handlers that ask for one of its scopes and look at what they touch. Read from the
 * handlers themselves, so that no list can be forgotten.
 */
final class WidgetRoutes {

    private record Route(PathPattern path, Set<RequestMethod> methods) {}

    private final Supplier<RequestMappingHandlerMapping> mapping;
    private volatile @Nullable List<Route> routes;

    /** @param mapping asked at the first request: filters are made before handlers */
    WidgetRoutes(Supplier<RequestMappingHandlerMapping> mapping) {
        this.mapping = mapping;
    }

    /** The methods that a widget may use there, in alphabetical order. @param path as it was sent, not decoded */
    Set<String> methods(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        Set<String> methods = new TreeSet<>();
        for (Route route : routes()) {
            if (route.path().matches(parsed)) {
                route.methods().forEach(method -> methods.add(method.name()));
            }
        }
        return methods;
    }

    private List<Route> routes() {
        List<Route> known = routes;
        if (known == null) {
            known = mapping.get().getHandlerMethods().entrySet().stream()
                    .filter(entry -> isForWidgets(entry.getValue()))
                    .flatMap(entry -> patterns(entry.getKey()).stream()
                            .map(path -> new Route(
                                    path, entry.getKey().getMethodsCondition().getMethods())))
                    .toList();
            routes = known;
        }
        return known;
    }

    private static Set<PathPattern> patterns(RequestMappingInfo info) {
        return info.getPathPatternsCondition() == null
                ? Set.of()
                : info.getPathPatternsCondition().getPatterns();
    }

    private static boolean isForWidgets(HandlerMethod handler) {
        RequiresScope scope = handler.getMethodAnnotation(RequiresScope.class);
        return scope != null
                && WidgetTokens.SCOPES.contains(scope.value())
                && handler.hasMethodAnnotation(Confines.class);
    }
}
