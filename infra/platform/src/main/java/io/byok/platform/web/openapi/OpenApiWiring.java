package io.byok.platform.web.openapi;

import io.byok.platform.web.Caller;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.IdempotencyKey;
import io.byok.platform.web.RawBody;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The description and who completes it. */
@Configuration(proxyBeanMethods = false)
@Import(OpenApiController.class)
public class OpenApiWiring {

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, RawBody.class, ExpectedVersion.class, IdempotencyKey.class);
        KernelSchemas.register();
    }

    @Bean
    AnswerSchemas answerSchemas() {
        return new AnswerSchemas();
    }

    @Bean
    GlobalOperationCustomizer everyOperation(AnswerSchemas schemas) {
        return new EveryOperation(schemas);
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    GlobalOpenApiCustomizer wholeDocument(AnswerSchemas schemas) {
        return new WholeDocument(schemas);
    }
}
