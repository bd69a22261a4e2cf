package io.byok.query;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the query side cannot do because the classes are not there, whatever its code says. */
class ClasspathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.byok.command.vault.SecretBytes",
                "io.byok.command.vault.Credential",
                "io.byok.command.vault.CredentialVault",
                "io.byok.command.bus.Commands",
                "org.axonframework.commandhandling.CommandBus",
                "org.axonframework.eventsourcing.eventstore.EventStore"
            })
    void no_credential_and_no_command_can_be_named_here(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    @Test
    void what_is_here_is_found_by_the_same_way() {
        assertThatNoException().isThrownBy(() -> Class.forName("io.byok.platform.event.EventSealing"));
    }
}
