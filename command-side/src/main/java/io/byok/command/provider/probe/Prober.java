package io.byok.command.provider.probe;

import io.byok.command.provider.AuthScheme;
import io.byok.command.provider.Catalogue;
import io.byok.command.provider.CredentialForm;
import io.byok.command.provider.CredentialShape;
import io.byok.command.provider.Outcome;
import io.byok.command.provider.Probe;
import io.byok.command.provider.ProbeReading;
import io.byok.command.provider.Provider;
import io.byok.command.provider.Reading;
import io.byok.command.provider.UrlTemplate;
import io.byok.platform.outbound.Outbound;
import io.byok.platform.outbound.OutboundAnswer;
import io.byok.platform.outbound.OutboundCall;
import io.byok.platform.outbound.OutboundFailed;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the catalogue's free call with a credential. Always brings a {@link Reading}: whatever goes wrong on the way says
 * nothing about the key and is {@link Outcome#UNREACHABLE}. No byte of an answer leaves here except what the catalogue
 * tells to pick from a good one. Safe for any number of threads.
 */
public final class Prober {

    private static final int MOST = 1 << 20;

    private final Catalogue catalogue;
    private final Outbound outbound;
    private final Duration patience;
    private final Signer signer;

    /** @param patience for one call with everything it needs */
    public Prober(Catalogue catalogue, Outbound outbound, Duration patience, Clock clock) {
        this.catalogue = catalogue;
        this.outbound = outbound;
        this.patience = patience;
        this.signer = new Signers(new AwsSignature(), new SignedToken(clock), new ClientToken(outbound, patience));
    }

    /** @param credential passed {@link Provider#check} before; lent for the call */
    public Probed probe(Provider provider, CredentialShape credential) {
        CredentialForm form = provider.formOf(credential.names())
                .orElseThrow(() -> new IllegalArgumentException("the credential fits no form of " + provider.id()));
        Fields fields = new Fields(credential);
        URI address = form.probe().url().address(fields::exposeForCall);
        long begin = System.nanoTime();
        Reading reading = ask(provider, form, address, fields);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Probed(reading, called(form.probe()), took);
    }

    private Reading ask(Provider provider, CredentialForm form, URI address, Fields fields) {
        ProbeReading table = catalogue.reading(provider, form);
        Probe probe = form.probe();
        AuthScheme scheme = probe.auth() == null ? form.auth() : probe.auth();
        try {
            OutboundCall call = new OutboundCall(
                    probe.method().name(),
                    address,
                    headers(form, fields),
                    probe.method() == Probe.Method.POST ? new byte[0] : null);
            return read(table, outbound.send(signer.sign(call, scheme, fields), provider::allowsHost, patience, MOST));
        } catch (OutboundFailed failed) {
            return ProbeReading.unreachable(failed.why().words());
        } catch (Signer.Refused refused) {
            return read(table, refused.answer());
        } catch (SignedToken.UnusableKey unusable) {
            return new Reading(Outcome.INVALID, "The private key cannot be read.", List.of(), Map.of(), null);
        }
    }

    private static Reading read(ProbeReading table, OutboundAnswer answer) {
        return table.classify(answer.status(), answer.headers(), answer.body());
    }

    private static List<Map.Entry<String, String>> headers(CredentialForm form, Fields fields) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        add(headers, form.headers(), fields);
        form.probe().headers().forEach((name, value) -> headers.add(Map.entry(name, value)));
        return headers;
    }

    private static void add(List<Map.Entry<String, String>> headers, Map<String, UrlTemplate> more, Fields fields) {
        more.forEach((name, value) -> {
            if (value.names().stream().allMatch(fields::has)) {
                headers.add(Map.entry(name, value.expand(fields::exposeForCall)));
            }
        });
    }

    /** As the catalogue writes it: the places stay places. */
    private static String called(Probe probe) {
        String text = probe.url().text();
        int query = text.indexOf('?');
        return probe.method() + " " + (query < 0 ? text : text.substring(0, query));
    }
}
