package io.byok.platform.event;

import io.byok.platform.seal.Keyring;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires how events are sealed and what time it is. */
@Configuration(proxyBeanMethods = false)
public class EventConfiguration {

    @Bean
    public EventSealing eventSealing(Keyring keyring) {
        return new SealedEvents(keyring, new EventJson());
    }

    /** The one clock; deciders get its instants in their commands. */
    @Bean
    public Clock clock() {
        return Clock.systemUTC();
    }
}
