package io.byok.command.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One provider, as its file describes it. An instance is consistent: every field that a form, a header, an address or
 * a detector names exists, no secret stands in an address, no two forms can be confused, and every address lies on an
 * allowed host.
 *
 * @param id a stable word in lower case, the one in the API
 * @param category {@code ai}, {@code speech} or {@code telephony}; an operator may use others
 * @param baseUrl where calls go
 * @param allowedHosts the only hosts that a key may be sent to
 * @param forms the alternatives; a credential fits exactly one
 * @param answers the reading of a probe's answers, after the probe's own and before the common ones
 */
public record Provider(
        String id,
        String name,
        String category,
        List<String> capabilities,
        String docs,
        String keys,
        UrlTemplate baseUrl,
        List<HostPattern> allowedHosts,
        List<CredentialField> fields,
        List<CredentialForm> forms,
        List<AnswerRule> answers,
        List<UsageUnit> units,
        List<UsagePlace> usage,
        List<Detector> detect,
        List<KeyWarning> warn) {

    public Provider {
        id = Given.text("id", id);
        Given.require(id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") && id.length() <= 64, "id is not a word in lower case");
        name = Given.text("name", name);
        category = Given.text("category", category);
        capabilities = Given.distinct("capabilities", capabilities);
        docs = Given.text("docs", Given.link("docs", docs));
        keys = Given.text("keys", Given.link("keys", keys));
        baseUrl = Given.present("baseUrl", baseUrl);
        allowedHosts = Given.distinct("allowedHosts", allowedHosts);
        fields = Given.list(fields);
        forms = Given.list(forms);
        answers = Given.list(answers);
        units = Given.distinct("units", units);
        usage = Given.list(usage);
        detect = Given.list(detect);
        warn = Given.list(warn);
        ProviderRules.check(baseUrl, allowedHosts, fields, forms, units, usage, detect);
    }

    /** The field of that name. */
    public Optional<CredentialField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The form that exactly such fields make; at most one does. */
    public Optional<CredentialForm> formOf(Set<String> names) {
        return forms.stream().filter(form -> form.fits(names)).findFirst();
    }

    /** Whether a key may be sent to that host. */
    public boolean allowsHost(String host) {
        return allowedHosts.stream().anyMatch(allowed -> allowed.matches(host));
    }

    /**
     * What is wrong with the form of a credential; empty when it can be stored. Never reads a secret into a String and
     * repeats nothing of any value.
     */
    public List<CredentialProblem> check(CredentialShape credential) {
        return new CredentialCheck(this).problems(credential);
    }

    /**
     * The masked form by which people recognise the key, such as {@code sk-...9fQ2}.
     *
     * @param credential passed {@link #check} before
     */
    public String hint(CredentialShape credential) {
        CredentialForm form = formOf(credential.names())
                .orElseThrow(() -> new IllegalArgumentException("the credential fits no form of " + id));
        CredentialField field = field(form.hintFrom()).orElseThrow();
        return credential.lend(field.name(), bytes -> Hint.of(field, bytes));
    }

    /** The JSON Schema (2020-12) of the credential. */
    public Map<String, Object> credentialSchema() {
        return CredentialSchema.of(this);
    }
}
