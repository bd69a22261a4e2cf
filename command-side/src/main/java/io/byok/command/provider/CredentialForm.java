package io.byok.command.provider;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One set of fields that a provider takes as a credential, and what is done with it. Most providers have one form;
 * Twilio, for instance, takes an auth token or an API key.
 *
 * @param requires fields that must be there
 * @param allows fields that may be there besides
 * @param hintFrom the field that a masked hint is made from
 * @param auth how the secret is sent
 * @param headers further headers of each call; one whose place names an absent field is left out
 */
public record CredentialForm(
        String name,
        String label,
        List<String> requires,
        List<String> allows,
        String hintFrom,
        AuthScheme auth,
        Map<String, UrlTemplate> headers,
        Probe probe) {

    public CredentialForm {
        name = Given.word("name", name);
        label = Given.text("label", label);
        requires = Given.distinct("requires", requires);
        allows = Given.distinct("allows", allows);
        hintFrom = hintFrom == null && requires.size() == 1 ? requires.getFirst() : Given.word("hintFrom", hintFrom);
        auth = Given.present("auth", auth);
        headers = Given.map(headers);
        probe = Given.present("probe", probe);
        Given.require(!requires.isEmpty(), "requires no field");
        for (String field : allows) {
            Given.require(!requires.contains(field), "\"%s\" is both required and allowed", field);
        }
        Given.require(requires.contains(hintFrom), "hintFrom \"%s\" is not a required field", hintFrom);
        for (String field : auth.fields()) {
            boolean taken = requires.contains(field) || allows.contains(field);
            Given.require(taken, "auth sends \"%s\", which the form does not take", field);
        }
        for (String header : headers.keySet()) {
            Given.require(header.matches("[A-Za-z0-9-]+"), "\"%s\" is not a header's name", header);
        }
    }

    /** Whether the field may stand in a credential of this form. */
    boolean takes(String field) {
        return requires.contains(field) || allows.contains(field);
    }

    /** Whether exactly such fields make a credential of this form. */
    boolean fits(Set<String> names) {
        return names.containsAll(requires) && names.stream().allMatch(this::takes);
    }

    /** How far the fields are from this form: 0 when they fit. */
    long distance(Set<String> names) {
        long missing = requires.stream().filter(field -> !names.contains(field)).count();
        return missing + names.stream().filter(field -> !takes(field)).count();
    }

    /** Whether some set of fields would fit both, so that nobody could say which one is meant. */
    boolean overlaps(CredentialForm other) {
        Set<String> both = new TreeSet<>(requires);
        both.addAll(other.requires);
        return both.stream().allMatch(field -> takes(field) && other.takes(field));
    }
}
