package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider as the API shows it: what a form, a client or a browser's paste detection needs. The reading of probes
 * stays inside.
 *
 * @param docs the provider's documentation
 * @param keys the page where people get a key
 * @param credentialSchema JSON Schema 2020-12
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProviderView(
        String id,
        String name,
        String category,
        List<String> capabilities,
        String docs,
        String keys,
        UrlTemplate baseUrl,
        List<HostPattern> allowedHosts,
        List<Field> fields,
        List<Form> forms,
        Map<String, Object> credentialSchema,
        List<UsageUnit> units,
        List<UsagePlace> usage,
        List<Detector> detect,
        List<KeyWarning> warn) {

    /**
     * One field of the form.
     *
     * @param required whether every form needs it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Field(
            String name,
            String label,
            boolean required,
            boolean secret,
            FieldFormat format,
            @Nullable String hintPattern,
            @Nullable String placeholder,
            @Nullable String help,
            int maxLength) {}

    /** One set of fields that is taken, how it is sent, and the call that checks it without cost. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Form(
            String name,
            String label,
            List<String> requires,
            List<String> allows,
            AuthScheme auth,
            Map<String, UrlTemplate> headers,
            ProbeCall probe) {}

    /** The call that checks a key. */
    public record ProbeCall(Probe.Method method, UrlTemplate url) {}

    static ProviderView of(Provider provider) {
        return new ProviderView(
                provider.id(),
                provider.name(),
                provider.category(),
                provider.capabilities(),
                provider.docs(),
                provider.keys(),
                provider.baseUrl(),
                provider.allowedHosts(),
                provider.fields().stream().map(field -> field(provider, field)).toList(),
                provider.forms().stream().map(ProviderView::form).toList(),
                provider.credentialSchema(),
                provider.units(),
                provider.usage(),
                provider.detect(),
                provider.warn());
    }

    private static Field field(Provider provider, CredentialField field) {
        boolean required =
                provider.forms().stream().allMatch(form -> form.requires().contains(field.name()));
        return new Field(
                field.name(),
                field.label(),
                required,
                field.secret(),
                field.format(),
                field.hintPattern(),
                field.placeholder(),
                field.help(),
                field.longest());
    }

    private static Form form(CredentialForm form) {
        return new Form(
                form.name(),
                form.label(),
                form.requires(),
                form.allows(),
                form.auth(),
                form.headers(),
                new ProbeCall(form.probe().method(), form.probe().url()));
    }
}
