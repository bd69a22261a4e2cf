package io.byok.command.provider.probe;

import io.byok.command.provider.AuthScheme;
import io.byok.platform.outbound.OutboundCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** AWS Signature Version 4, made by the AWS library. */
final class AwsSignature {

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    OutboundCall sign(OutboundCall call, AuthScheme.AwsSigV4 scheme, Fields fields) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(call.method()))
                .uri(call.uri());
        call.headers().forEach(header -> request.putHeader(header.getKey(), header.getValue()));
        SdkHttpRequest signed = signer.sign(sign -> sign.identity(identity(scheme, fields))
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, scheme.service())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, fields.exposeForCall(scheme.region())))
                .request();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        signed.forEachHeader((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        headers.removeIf(header -> header.getKey().equalsIgnoreCase("Host")); // the client's own, the same
        return new OutboundCall(call.method(), call.uri(), List.copyOf(headers), call.body());
    }

    private static AwsCredentialsIdentity identity(AuthScheme.AwsSigV4 scheme, Fields fields) {
        String id = fields.exposeForCall(scheme.accessKeyId());
        String secret = fields.exposeForCall(scheme.secretAccessKey());
        String session = scheme.sessionToken();
        return session != null && fields.has(session)
                ? AwsSessionCredentialsIdentity.create(id, secret, fields.exposeForCall(session))
                : AwsCredentialsIdentity.create(id, secret);
    }
}
