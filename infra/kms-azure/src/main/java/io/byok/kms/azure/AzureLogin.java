package io.byok.kms.azure;

import com.azure.core.credential.SimpleTokenCache;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/**
 * Shows a token for one service. For which one is known from the vault's address and never learnt from an answer: what
 * asks for a token must not say for whom.
 */
final class AzureLogin implements HttpPipelinePolicy {

    private final SimpleTokenCache tokens;

    AzureLogin(TokenCredential credential, String scope) {
        this.tokens = new SimpleTokenCache(() -> credential.getToken(new TokenRequestContext().addScopes(scope)));
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
        return tokens.getToken().flatMap(token -> {
            call.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.getToken());
            return next.process();
        });
    }
}
