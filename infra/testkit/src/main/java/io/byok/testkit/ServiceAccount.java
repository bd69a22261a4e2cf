package io.byok.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A file with a service account's key as Google gives it out, for a scripted token endpoint. */
public final class ServiceAccount {

    private ServiceAccount() {}

    public static Path write(Path file, String address) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String key = Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return Files.writeString(file, """
                    {"type":"service_account","project_id":"byok-test","private_key_id":"scripted",
                    "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
                    "client_email":"byok@byok-test.iam.gserviceaccount.com","client_id":"1",
                    "token_uri":"%s/token"}
                    """.formatted(key, address));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
