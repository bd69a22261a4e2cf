package io.byok.command.use;

import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.json.StrictJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Resolve on the control port, for convenience; the data plane answers the same. */
@RestController
public class ResolveController {

    private final Resolver resolver;

    ResolveController(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Writes the answer itself: the credential is wiped as soon as its bytes are on their way. */
    @PostMapping("/v1/resolve")
    @Answers(
            body = Resolved.class,
            problems = {404, 409})
    @Confines
    @RequiresScope(Scopes.KEYS_RESOLVE)
    public void resolve(
            Caller caller,
            @RequestBody ResolveBody body,
            @RequestParam(defaultValue = "false") boolean dryRun,
            HttpServletResponse response)
            throws IOException {
        ResolveRequest request = ResolveRequest.of(body);
        try (Resolved resolved = dryRun ? resolver.dryRun(caller, request) : resolver.resolve(caller, request)) {
            byte[] answer = StrictJson.mapper().writeValueAsBytes(resolved);
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            if (resolved.position() != null) {
                response.setHeader(HeaderNames.POSITION, resolved.position().toString());
            }
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
            Arrays.fill(answer, (byte) 0);
        }
    }
}
