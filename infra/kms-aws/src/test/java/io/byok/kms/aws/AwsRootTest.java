package io.byok.kms.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.RemoteRootContract;
import io.byok.testkit.ScriptedAws;
import org.junit.jupiter.api.Test;

/** The client finds its credentials in the environment, which this module's pom sets for tests. */
class AwsRootTest extends RemoteRootContract<ScriptedAws> {

    AwsRootTest() {
        super(new ScriptedAws(), "aws-kms", "scripted-secret");
        settings.put("byok.kek.aws-kms.endpoint", service.address());
        settings.put("byok.kek.aws-kms.region", ScriptedAws.REGION);
    }

    @Override
    protected void anotherVersion() {
        service.alias("alias/byok-events-2");
    }

    @Test
    void a_key_of_another_kind_is_no_root() {
        service.spoil("alias/byok-events-1", "RSA_4096");
        assertThatThrownBy(this::unseal).isInstanceOf(KeyRefused.class).hasMessageContaining("SYMMETRIC_DEFAULT");
    }

    @Test
    void a_key_that_is_not_there_leaves_the_root_sealed_and_says_what_is_missing() {
        settings.put("byok.kek.aws-kms.events", "alias/mine");
        assertThatThrownBy(this::unseal)
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("no enabled key behind alias/mine-1");
        service.alias("alias/mine-1");
        unseal();
    }

    @Test
    void settings_that_make_no_sense_are_refused_in_one_line() {
        settings.put("byok.kek.aws-kms.deletion-days", "3");
        assertThatThrownBy(this::roots).isInstanceOf(KeyRefused.class).hasMessageContaining("between 7 and 30");
        settings.put("byok.kek.aws-kms.deletion-days", "7");
        settings.put("byok.kek.aws-kms.events", "alias/aws/ebs");
        assertThatThrownBy(this::roots).isInstanceOf(KeyRefused.class).hasMessageContaining("not alias/aws/");
    }
}
