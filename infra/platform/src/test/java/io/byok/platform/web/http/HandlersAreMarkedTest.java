package io.byok.platform.web.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.web.OpenToAll;
import io.byok.platform.web.RequiresScope;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class HandlersAreMarkedTest {

    @RestController
    static class Unmarked {
        @GetMapping("/a")
        void a() {}
    }

    @RestController
    static class Both {
        @OpenToAll
        @RequiresScope("keys:read")
        @GetMapping("/a")
        void a() {}
    }

    @RestController
    static class Misspelt {
        @RequiresScope("keys:raed")
        @GetMapping("/a")
        void a() {}
    }

    private static HandlersAreMarked with(Class<?> controller) {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.registerSingleton("controller", controller);
        RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
        mapping.setApplicationContext(context);
        mapping.afterPropertiesSet();
        return new HandlersAreMarked(mapping);
    }

    @Test
    void a_server_with_a_handler_that_does_not_say_who_may_call_it_does_not_start() {
        assertThatThrownBy(() -> with(Unmarked.class).afterSingletonsInstantiated())
                .hasMessageContaining("exactly one");
        assertThatThrownBy(() -> with(Both.class).afterSingletonsInstantiated()).hasMessageContaining("exactly one");
        assertThatThrownBy(() -> with(Misspelt.class).afterSingletonsInstantiated())
                .hasMessageContaining("unknown scope");
        assertThatCode(() -> with(HealthController.class).afterSingletonsInstantiated())
                .doesNotThrowAnyException();
    }
}
