package io.byok.kms.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.RemoteRootContract;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.WrappedKek;
import io.byok.testkit.ScriptedAzure;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The client logs in as an App Service's managed identity does, at the endpoint that this module's pom names for tests. */
class AzureRootTest extends RemoteRootContract<ScriptedAzure> {

    /** Gives tokens to all: the client remembers them for as long as the process lives. */
    private static final ScriptedAzure LOGIN =
            new ScriptedAzure(URI.create(System.getenv("IDENTITY_ENDPOINT")).getPort());

    AzureRootTest() {
        super(new ScriptedAzure(), "azure-keyvault", ScriptedAzure.TOKEN);
        settings.put("byok.kek.azure-keyvault.vault", service.address());
    }

    @Override
    protected void anotherVersion() {
        service.create("byok-events-2");
    }

    @Test
    void a_rotation_by_the_vaults_own_policy_changes_nothing() {
        unseal();
        service.create("byok-events-1");
        unseal();
        versions_are_made_moved_to_and_destroyed_for_good();
    }

    @Test
    void a_key_that_cannot_sign_is_no_root() {
        service.remove("byok-events-1");
        service.create("byok-events-1", "wrapKey\",\"unwrapKey");
        assertThatThrownBy(this::unseal).isInstanceOf(KeyRefused.class).hasMessageContaining("sign and verify");
    }

    @Test
    void whoever_has_the_public_key_cannot_put_a_key_of_his_own_there() {
        AzureVault vault = new AzureVault(URI.create(service.address()), Duration.ofSeconds(1));
        AzureKey key = new AzureKey(vault, "byok-events", false);
        key.versions();
        byte[] place = new byte[32];
        byte[] genuine = key.wrap(1, new byte[64], place).bytes();
        String id = vault.keys().getKey("byok-events-1").getId();
        byte[] ofHisOwn = vault.cipher(id)
                .wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, new byte[64])
                .getEncryptedKey();
        byte[] forged = genuine.clone();
        System.arraycopy(ofHisOwn, 0, forged, 0, ofHisOwn.length);
        assertThat(key.unwrap(new WrappedKek(1, genuine), place)).isEqualTo(new byte[64]);
        assertThatThrownBy(() -> key.unwrap(new WrappedKek(1, forged), place)).isInstanceOf(SealBroken.class);
    }

    @Test
    void a_vault_that_is_none_of_azures_is_shown_no_token() {
        settings.put("byok.kek.azure-keyvault.vault", "https://vault.example.com");
        assertThatThrownBy(this::roots).isInstanceOf(KeyRefused.class).hasMessageContaining("vault.azure.net");
    }

    @AfterAll
    static void logOut() {
        LOGIN.close();
    }
}
