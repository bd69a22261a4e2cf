package io.byok.kms.aws;

import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.root.RemoteFactory;
import io.byok.platform.seal.root.RemoteKey;
import io.byok.platform.seal.root.RootSettings;
import io.byok.platform.seal.root.Surroundings;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/**
 * {@code aws-kms}. Credentials and region come by the vendor's default chain: environment, shared files, web identity,
 * the container's or machine's role. They are never a setting of ours.
 */
public final class AwsFactory implements RemoteFactory {

    @Override
    public String word() {
        return "aws-kms";
    }

    @Override
    public Map<KeyChain, RemoteKey> keys(RootSettings settings, Surroundings surroundings) {
        int days = deletionDays(settings.get("deletion-days", "30"));
        Map<KeyChain, String> aliases = settings.keys(chain -> "alias/byok-" + chain);
        aliases.values().forEach(AwsFactory::check);
        KmsClient kms = client(settings);
        Map<KeyChain, RemoteKey> keys = new EnumMap<>(KeyChain.class);
        aliases.forEach((chain, alias) -> keys.put(chain, new AwsKey(kms, alias, days)));
        return keys;
    }

    private static KmsClient client(RootSettings settings) {
        KmsClientBuilder builder = KmsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.timeout())
                        .socketTimeout(settings.timeout()))
                // How often it is asked is decided around every provider alike.
                .overrideConfiguration(client ->
                        client.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(settings.timeout()));
        settings.find("region").ifPresent(region -> builder.region(Region.of(region)));
        settings.find("endpoint").ifPresent(text -> builder.endpointOverride(settings.address("endpoint", text)));
        try {
            return builder.build();
        } catch (SdkException noRegion) {
            throw new KeyRefused(
                    "byok.kek.aws-kms.region (BYOK_KEK_AWS_KMS_REGION) is not set, and neither is AWS_REGION");
        }
    }

    private static int deletionDays(String text) {
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < 7 || Integer.parseInt(text) > 30) {
            throw new KeyRefused("byok.kek.aws-kms.deletion-days must be between 7 and 30");
        }
        return Integer.parseInt(text);
    }

    private static void check(String alias) {
        if (!alias.matches("alias/(?!aws/)[A-Za-z0-9/_-]{1,200}")) {
            throw new KeyRefused("byok.kek.aws-kms: an alias begins with alias/, not alias/aws/, and has letters,"
                    + " digits, / _ and -");
        }
    }
}
