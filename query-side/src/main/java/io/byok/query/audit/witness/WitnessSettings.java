package io.byok.query.audit.witness;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is shown the signed states.
 *
 * @param witnesses empty for nobody
 * @param witnessHosts {@code host:port} of witnesses that are not in the public internet, or speak HTTP: an operator's word
 *     that these addresses may be called
 */
@ConfigurationProperties("byok.audit")
public record WitnessSettings(
        @DefaultValue List<At> witnesses, @DefaultValue List<String> witnessHosts) {

    /**
     * A witness.
     *
     * @param url to which {@code /add-checkpoint} is added
     * @param key its C2SP verifier key
     * @param logs {@code all}, or {@code platform} for the platform's log only
     */
    public record At(URI url, String key, @Nullable String logs) {}

    public WitnessSettings {
        witnesses = List.copyOf(witnesses);
        witnessHosts = List.copyOf(witnessHosts);
    }
}
