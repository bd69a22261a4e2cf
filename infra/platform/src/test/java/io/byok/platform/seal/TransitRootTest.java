package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.testkit.ScriptedTransit;
import org.junit.jupiter.api.Test;

class TransitRootTest extends RemoteRootContract<ScriptedTransit> {

    TransitRootTest() {
        super(new ScriptedTransit(), "transit", ScriptedTransit.TOKEN);
        settings.put("byok.kek.transit.address", service.address());
        settings.put("byok.kek.transit.token", ScriptedTransit.TOKEN);
    }

    @Override
    protected void anotherVersion() {
        service.rotate("byok-events");
    }

    @Test
    void a_key_that_can_be_exported_or_is_not_derived_is_no_root() {
        service.spoil("byok-events", true, true);
        assertThatThrownBy(this::unseal).isInstanceOf(KeyRefused.class).hasMessageContaining("exportable=false");
        service.spoil("byok-events", false, false);
        assertThatThrownBy(this::unseal).isInstanceOf(KeyRefused.class).hasMessageContaining("derived=true");
    }
}
