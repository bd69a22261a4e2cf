package io.byok.command.provider.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.command.provider.AuthScheme;
import io.byok.platform.outbound.Outbound;
import io.byok.platform.outbound.OutboundAnswer;
import io.byok.platform.outbound.OutboundCall;
import io.byok.platform.outbound.OutboundFailed;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** OAuth 2 client credentials (RFC 6749, 4.4). The secret goes to the catalogue's token address and nowhere else. */
final class ClientToken {

    private static final int MOST = 64 * 1024;

    private final Outbound outbound;
    private final Duration patience;

    ClientToken(Outbound outbound, Duration patience) {
        this.outbound = outbound;
        this.patience = patience;
    }

    String fetch(AuthScheme.ClientCredentials grant, Fields fields) throws OutboundFailed, Signer.Refused {
        URI address = grant.tokenUrl().address(fields::exposeForCall);
        String form = "grant_type=client_credentials&client_id=" + encoded(fields.exposeForCall(grant.clientId()))
                + "&client_secret=" + encoded(fields.exposeForCall(grant.clientSecret()))
                + (grant.scope() == null ? "" : "&scope=" + encoded(grant.scope()));
        OutboundCall call = new OutboundCall(
                "POST",
                address,
                List.of(
                        Map.entry("Content-Type", "application/x-www-form-urlencoded"),
                        Map.entry("Accept", "application/json")),
                form.getBytes(UTF_8));
        String host = String.valueOf(address.getHost());
        OutboundAnswer answer = outbound.send(call, host::equals, patience, MOST);
        try {
            String token = JsonMapper.shared()
                    .readTree(answer.body())
                    .path("access_token")
                    .asString("");
            if (answer.status() == 200 && !token.isEmpty()) {
                return token;
            }
        } catch (JacksonException garbage) {
            // read by the table, as any other answer that is none
        }
        throw new Signer.Refused(answer);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
