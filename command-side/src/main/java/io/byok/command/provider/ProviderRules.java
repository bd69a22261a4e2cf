package io.byok.command.provider;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold between the parts of a provider. */
final class ProviderRules {

    private final Map<String, CredentialField> fields = new HashMap<>();
    private final List<HostPattern> hosts;

    private ProviderRules(List<HostPattern> hosts, List<CredentialField> fields) {
        this.hosts = hosts;
        for (CredentialField field : fields) {
            Given.require(this.fields.put(field.name(), field) == null, "fields: \"%s\" stands twice", field.name());
        }
    }

    static void check(
            UrlTemplate baseUrl,
            List<HostPattern> hosts,
            List<CredentialField> fields,
            List<CredentialForm> forms,
            List<UsageUnit> units,
            List<UsagePlace> usage,
            List<Detector> detect) {
        Given.require(!hosts.isEmpty(), "allowedHosts is missing");
        Given.require(!fields.isEmpty(), "fields is missing");
        Given.require(!forms.isEmpty(), "forms is missing");
        ProviderRules rules = new ProviderRules(hosts, fields);
        rules.address("baseUrl", baseUrl);
        forms.forEach(rules::form);
        rules.eachFieldIsUsed(forms);
        apart(forms);
        for (UsagePlace place : usage) {
            for (UsageUnit unit : place.units().keySet()) {
                Given.require(units.contains(unit), "usage of %s: %s is not among the units", place.of(), unit);
            }
        }
        detect.forEach(detector -> rules.field("detect", detector.field()));
    }

    private CredentialField field(String place, String name) {
        return Given.present(place + ": field \"" + name + "\"", fields.get(name));
    }

    private void form(CredentialForm form) {
        String place = "form " + form.name();
        form.requires().forEach(name -> field(place, name));
        form.allows().forEach(name -> field(place, name));
        form.headers().forEach((header, value) -> onlyPublic(place + " header " + header, value));
        address(place + " probe", form.probe().url());
        for (String name : form.probe().url().names()) {
            Given.require(form.requires().contains(name), "%s probe: \"%s\" is not required", place, name);
        }
        AuthScheme probeAuth = form.probe().auth();
        if (probeAuth != null) {
            probeAuth.fields().forEach(name -> Given.require(form.takes(name), "%s probe: no \"%s\"", place, name));
        }
        if (form.auth() instanceof AuthScheme.ClientCredentials grant) {
            address(place + " tokenUrl", grant.tokenUrl());
        }
    }

    /** A secret in an address ends in logs of every proxy on the way. */
    private void onlyPublic(String place, UrlTemplate template) {
        for (String name : template.names()) {
            Given.require(!field(place, name).secret(), "%s: \"%s\" is secret", place, name);
        }
    }

    private void address(String place, UrlTemplate template) {
        onlyPublic(place, template);
        if (template.endpoint().isPresent()) {
            FieldFormat format = field(place, template.endpoint().get()).format();
            Given.require(format == FieldFormat.ENDPOINT, "%s: {+...} is not an endpoint field", place);
            return; // the value itself is checked against the allowed hosts whenever a credential is
        }
        for (String name : template.namesInHost()) {
            boolean label = field(place, name).format() == FieldFormat.HOST_LABEL;
            Given.require(label, "%s: \"%s\" stands in the host and is no host-label", place, name);
        }
        URI sample = template.address(name -> "x");
        Given.require("https".equals(sample.getScheme()) && sample.getHost() != null, "%s is not https", place);
        Given.require(
                hosts.stream().anyMatch(host -> host.matches(sample.getHost())), "%s: host is not allowed", place);
    }

    private void eachFieldIsUsed(List<CredentialForm> forms) {
        for (String name : fields.keySet()) {
            Given.require(forms.stream().anyMatch(form -> form.takes(name)), "field \"%s\" is in no form", name);
        }
    }

    private static void apart(List<CredentialForm> forms) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < forms.size(); i++) {
            Given.require(
                    names.add(forms.get(i).name()),
                    "forms: \"%s\" stands twice",
                    forms.get(i).name());
            for (CredentialForm other : forms.subList(i + 1, forms.size())) {
                Given.require(
                        !forms.get(i).overlaps(other),
                        "forms %s and %s overlap",
                        forms.get(i).name(),
                        other.name());
            }
        }
    }
}
