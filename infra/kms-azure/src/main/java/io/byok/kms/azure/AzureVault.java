package io.byok.kms.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.util.HttpClientOptions;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import io.byok.platform.seal.KeyRefused;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * The way to one vault. Requests pass through nothing but the login: no retries (how often it is asked is decided around
 * every provider alike), no redirects (the token would go along), no log (bodies carry keys).
 */
final class AzureVault {

    /** Whoever is none of these must not be shown a token for one of them. */
    private static final Set<String> SERVICES = Set.of(
            "vault.azure.net",
            "vault.azure.cn",
            "vault.usgovcloudapi.net",
            "managedhsm.azure.net",
            "managedhsm.azure.cn",
            "managedhsm.usgovcloudapi.net");

    private final String address;
    private final HttpPipeline pipeline;

    AzureVault(URI address, Duration limit) {
        this.address = address.toString();
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(HttpClient.createDefault(new HttpClientOptions()
                        .setConnectTimeout(limit)
                        .setResponseTimeout(limit)
                        .setReadTimeout(limit)))
                .policies(new AzureLogin(credentials(), "https://" + service(address) + "/.default"))
                .build();
    }

    private static TokenCredential credentials() {
        ChainedTokenCredentialBuilder chain = new ChainedTokenCredentialBuilder();
        if (isSet("AZURE_CLIENT_SECRET") || isSet("AZURE_CLIENT_CERTIFICATE_PATH")) {
            chain.addLast(new EnvironmentCredentialBuilder().build());
        }
        if (isSet("AZURE_FEDERATED_TOKEN_FILE")) {
            chain.addLast(new WorkloadIdentityCredentialBuilder().build());
        }
        return chain.addLast(new ManagedIdentityCredentialBuilder()
                        .clientId(System.getenv("AZURE_CLIENT_ID"))
                        .build())
                .build();
    }

    private static boolean isSet(String variable) {
        return System.getenv(variable) != null;
    }

    private static String service(URI address) {
        if ("http".equals(address.getScheme())) { // this machine itself, or the address was refused before
            return "vault.azure.net";
        }
        String host = address.getHost();
        String service = host.substring(host.indexOf('.') + 1);
        if (!SERVICES.contains(service)) {
            throw new KeyRefused("byok.kek.azure-keyvault.vault (BYOK_KEK_AZURE_KEYVAULT_VAULT) must be"
                    + " https://NAME.vault.azure.net, or another of Azure's clouds or of its managed HSMs");
        }
        return service;
    }

    KeyClient keys() {
        return new KeyClientBuilder().vaultUrl(address).pipeline(pipeline).buildClient();
    }

    /** For one version of one key; nothing is computed here that the vault can compute. */
    CryptographyClient cipher(String id) {
        return new CryptographyClientBuilder()
                .keyIdentifier(id)
                .pipeline(pipeline)
                .disableKeyCaching()
                .buildClient();
    }
}
