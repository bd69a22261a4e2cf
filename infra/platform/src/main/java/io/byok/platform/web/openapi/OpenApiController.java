package io.byok.platform.web.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.byok.platform.web.OpenToAll;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the description to anybody: it is public anyway. The framework's own address for it stays closed. */
@Hidden
@RestController
class OpenApiController {

    private static final String PATH = "/openapi.json";

    private final OpenApiWebMvcResource description;

    OpenApiController(OpenApiWebMvcResource description) {
        this.description = description;
    }

    @OpenToAll
    @GetMapping(path = PATH, produces = "application/json")
    byte[] json(HttpServletRequest request) throws JsonProcessingException {
        return description.openapiJson(request, PATH, Locale.ENGLISH);
    }

    @OpenToAll
    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    byte[] yaml(HttpServletRequest request) throws JsonProcessingException {
        return description.openapiYaml(request, PATH, Locale.ENGLISH);
    }
}
