package io.byok.command.provider.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.command.provider.AuthScheme;
import io.byok.platform.outbound.OutboundCall;
import io.byok.platform.outbound.OutboundFailed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Every scheme of the catalogue, by its name. */
final class Signers implements Signer {

    private static final String AUTHORIZATION = "Authorization";

    private final AwsSignature aws;
    private final SignedToken signedToken;
    private final ClientToken clientToken;

    Signers(AwsSignature aws, SignedToken signedToken, ClientToken clientToken) {
        this.aws = aws;
        this.signedToken = signedToken;
        this.clientToken = clientToken;
    }

    @Override
    public OutboundCall sign(OutboundCall call, AuthScheme scheme, Fields fields) throws OutboundFailed, Refused {
        return switch (scheme) {
            case AuthScheme.Bearer bearer ->
                with(call, AUTHORIZATION, "Bearer " + fields.exposeForCall(bearer.field()));
            case AuthScheme.Token token -> with(call, AUTHORIZATION, "Token " + fields.exposeForCall(token.field()));
            case AuthScheme.Header header -> with(call, header.name(), fields.exposeForCall(header.field()));
            case AuthScheme.Basic basic -> with(call, AUTHORIZATION, "Basic " + pair(basic, fields));
            case AuthScheme.AwsSigV4 sigV4 -> aws.sign(call, sigV4, fields);
            case AuthScheme.SignedJwt jwt -> with(call, AUTHORIZATION, "Bearer " + signedToken.make(jwt, fields));
            case AuthScheme.ClientCredentials grant ->
                with(call, AUTHORIZATION, "Bearer " + clientToken.fetch(grant, fields));
        };
    }

    private static String pair(AuthScheme.Basic basic, Fields fields) {
        String pair = fields.exposeForCall(basic.username()) + ":" + fields.exposeForCall(basic.password());
        return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    static OutboundCall with(OutboundCall call, String name, String value) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(call.headers());
        headers.add(Map.entry(name, value));
        return new OutboundCall(call.method(), call.uri(), List.copyOf(headers), call.body());
    }
}
