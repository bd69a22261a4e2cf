package io.byok.kms.google;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.RemoteRootContract;
import io.byok.testkit.ScriptedGoogle;
import io.byok.testkit.ServiceAccount;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The client finds its credentials in the file that this module's pom names for tests. */
class GoogleRootTest extends RemoteRootContract<ScriptedGoogle> {

    /** Gives tokens to all: the client remembers its credentials for as long as the process lives. */
    private static final ScriptedGoogle LOGIN = new ScriptedGoogle();

    static {
        ServiceAccount.write(Path.of(System.getenv("GOOGLE_APPLICATION_CREDENTIALS")), LOGIN.address());
    }

    GoogleRootTest() {
        super(new ScriptedGoogle(), "google-kms", ScriptedGoogle.TOKEN);
        settings.put("byok.kek.google-kms.endpoint", service.address());
        settings.put("byok.kek.google-kms.key-ring", ScriptedGoogle.KEY_RING);
    }

    @Override
    protected void anotherVersion() {
        service.rotate("byok-events");
    }

    @Test
    void bytes_that_were_damaged_on_the_way_are_an_outage_and_no_wrap() {
        service.miscount();
        assertThatThrownBy(this::wrapped).isInstanceOf(KeysUnavailable.class).hasMessageContaining("damaged");
    }

    @Test
    void a_key_of_another_kind_is_no_root() {
        service.spoil("byok-events", "RSA_DECRYPT_OAEP_4096_SHA256");
        assertThatThrownBy(this::unseal).isInstanceOf(KeyRefused.class).hasMessageContaining("symmetric");
    }

    @Test
    void a_key_ring_that_is_none_is_refused_in_one_line() {
        settings.put("byok.kek.google-kms.key-ring", "byok");
        assertThatThrownBy(this::roots).isInstanceOf(KeyRefused.class).hasMessageContaining("keyRings/R");
    }

    @AfterAll
    static void logOut() {
        LOGIN.close();
    }
}
