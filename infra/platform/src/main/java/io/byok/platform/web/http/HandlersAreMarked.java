package io.byok.platform.web.http;

import io.byok.platform.web.OpenToAll;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Stops the start when a handler of ours says not, or not clearly, who may call it. */
final class HandlersAreMarked implements SmartInitializingSingleton {

    private static final String OURS = "io.byok.";

    private final RequestMappingHandlerMapping mapping;

    HandlersAreMarked(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void afterSingletonsInstantiated() {
        mapping.getHandlerMethods().values().stream()
                .filter(handler -> handler.getBeanType().getName().startsWith(OURS))
                .forEach(HandlersAreMarked::check);
    }

    private static void check(HandlerMethod handler) {
        if (handler.getBeanType() == ErrorPage.class) {
            return;
        }
        RequiresScope scope = handler.getMethodAnnotation(RequiresScope.class);
        boolean open = handler.hasMethodAnnotation(OpenToAll.class);
        if (open == (scope != null)) {
            throw new IllegalStateException(
                    handler.getShortLogMessage() + " needs exactly one of @RequiresScope and @OpenToAll");
        }
        if (scope != null && !Scopes.isKnown(scope.value())) {
            throw new IllegalStateException(handler.getShortLogMessage() + " requires an unknown scope");
        }
    }
}
