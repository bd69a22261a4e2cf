package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a credential is sent. Components name fields of the credential unless said otherwise; none holds a secret. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scheme")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuthScheme.Bearer.class, name = "bearer"),
    @JsonSubTypes.Type(value = AuthScheme.Token.class, name = "token"),
    @JsonSubTypes.Type(value = AuthScheme.Header.class, name = "header"),
    @JsonSubTypes.Type(value = AuthScheme.Basic.class, name = "basic"),
    @JsonSubTypes.Type(value = AuthScheme.AwsSigV4.class, name = "aws-sigv4"),
    @JsonSubTypes.Type(value = AuthScheme.ClientCredentials.class, name = "oauth-client-credentials"),
    @JsonSubTypes.Type(value = AuthScheme.SignedJwt.class, name = "signed-jwt")
})
public sealed interface AuthScheme {

    /** The fields it sends or signs with. */
    List<String> fields();

    /** {@code Authorization: Bearer ...} (RFC 6750). */
    record Bearer(String field) implements AuthScheme {
        public Bearer {
            field = Given.word("field", field);
        }

        @Override
        public List<String> fields() {
            return List.of(field);
        }
    }

    /** {@code Authorization: Token ...}. */
    record Token(String field) implements AuthScheme {
        public Token {
            field = Given.word("field", field);
        }

        @Override
        public List<String> fields() {
            return List.of(field);
        }
    }

    /**
     * The bare secret as the value of a header.
     *
     * @param name of the header, such as {@code x-api-key}
     */
    record Header(String name, String field) implements AuthScheme {
        public Header {
            name = Given.text("name", name);
            field = Given.word("field", field);
        }

        @Override
        public List<String> fields() {
            return List.of(field);
        }
    }

    /** {@code Authorization: Basic ...} (RFC 7617). */
    record Basic(String username, String password) implements AuthScheme {
        public Basic {
            username = Given.word("username", username);
            password = Given.word("password", password);
        }

        @Override
        public List<String> fields() {
            return List.of(username, password);
        }
    }

    /**
     * AWS Signature Version 4.
     *
     * @param service the name of the AWS service in the signature's scope, not a field
     */
    record AwsSigV4(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken,
            String region,
            String service) implements AuthScheme {
        public AwsSigV4 {
            accessKeyId = Given.word("accessKeyId", accessKeyId);
            secretAccessKey = Given.word("secretAccessKey", secretAccessKey);
            region = Given.word("region", region);
            service = Given.text("service", service);
        }

        @Override
        public List<String> fields() {
            List<String> fields = new ArrayList<>(List.of(accessKeyId, secretAccessKey, region));
            if (sessionToken != null) {
                fields.add(sessionToken);
            }
            return List.copyOf(fields);
        }
    }

    /**
     * OAuth 2 client credentials (RFC 6749, 4.4): the secret goes to the token's address only, calls carry a bearer.
     *
     * @param tokenUrl with places for public fields
     * @param scope not a field
     */
    record ClientCredentials(
            UrlTemplate tokenUrl,
            String clientId,
            String clientSecret,
            @Nullable String scope) implements AuthScheme {
        public ClientCredentials {
            tokenUrl = Given.present("tokenUrl", tokenUrl);
            Given.require(
                    "https".equals(URI.create(tokenUrl.expand(field -> "x")).getScheme()), "tokenUrl is not https");
            clientId = Given.word("clientId", clientId);
            clientSecret = Given.word("clientSecret", clientSecret);
        }

        @Override
        public List<String> fields() {
            List<String> fields = new ArrayList<>(List.of(clientId, clientSecret));
            fields.addAll(tokenUrl.names());
            return List.copyOf(fields);
        }
    }

    /** A short-lived RS256 token made with the private key, sent as a bearer. */
    record SignedJwt(String subject, String privateKey) implements AuthScheme {
        public SignedJwt {
            subject = Given.word("subject", subject);
            privateKey = Given.word("privateKey", privateKey);
        }

        @Override
        public List<String> fields() {
            return List.of(subject, privateKey);
        }
    }
}
