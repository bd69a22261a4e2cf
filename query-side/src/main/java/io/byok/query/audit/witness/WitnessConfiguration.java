package io.byok.query.audit.witness;

import io.byok.platform.outbound.Outbound;
import io.byok.platform.outbound.OutboundWiring;
import io.byok.platform.seal.CosignerKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the witnesses. A setting that names none refuses the start, rather than to sign on without it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WitnessSettings.class)
@Import(OutboundWiring.class)
public class WitnessConfiguration {

    @Bean
    Witnesses auditWitnessesHealthIndicator(
            DataSource database, WitnessSettings settings, Outbound outbound, MeterRegistry registry) {
        return witnesses(database, settings, outbound, registry);
    }

    static Witnesses witnesses(
            DataSource database, WitnessSettings settings, Outbound outbound, MeterRegistry registry) {
        WitnessCall call = new WitnessCall(outbound, settings.witnessHosts());
        DSLContext view = DSL.using(database, SQLDialect.POSTGRES);
        List<Cosigning> all = new ArrayList<>();
        for (WitnessSettings.At at : settings.witnesses()) {
            int number = all.size();
            CosignerKey key = CosignerKey.parse(at.key())
                    .orElseThrow(() -> wrong(number, "key", "is no verifier key of a witness (its type must be 4)"));
            String logs = at.logs() == null ? "all" : at.logs();
            if (!logs.equals("all") && !logs.equals("platform")) {
                throw wrong(number, "logs", "is all or platform");
            }
            if (at.url().getHost() == null) {
                throw wrong(number, "url", "is no URL with a host");
            }
            AskedWitness witness = new AskedWitness(at.url(), key, logs.equals("platform"), call, view);
            all.add(new Cosigning(witness, number, database, registry));
        }
        return new Witnesses(List.copyOf(all), call);
    }

    private static IllegalArgumentException wrong(int number, String field, String why) {
        return new IllegalArgumentException("byok.audit.witnesses[" + number + "]." + field + " " + why);
    }
}
