package io.byok.platform.web.http;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** CORS where the operator names origins of widgets; without, nothing of it is there. */
@Configuration(proxyBeanMethods = false)
class CrossOriginWiring {

    /** After the frame, which gives every answer its headers; before the gate, so that a page can read why it is shut. */
    @Bean
    FilterRegistrationBean<CrossOriginFilter> crossOrigin(
            @Value("${byok.widget.origins:}") String text,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mapping) {
        WidgetOrigins origins = WidgetOrigins.of(text);
        FilterRegistrationBean<CrossOriginFilter> filter =
                new FilterRegistrationBean<>(new CrossOriginFilter(origins, new WidgetRoutes(mapping::getObject)));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        filter.setEnabled(!origins.origins().isEmpty());
        return filter;
    }
}
