package io.byok.command.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes {@code docs/providers.md} from the catalogue. */
final class ProviderDocs {

    private final StringBuilder page = new StringBuilder();

    private ProviderDocs() {}

    static String page(Catalogue catalogue) {
        ProviderDocs docs = new ProviderDocs();
        docs.opening(catalogue);
        catalogue.all().forEach(docs::provider);
        return docs.page.toString();
    }

    private void opening(Catalogue catalogue) {
        line("# Providers");
        line("");
        line("Generated from `command-side/src/main/resources/providers/*.yaml`; do not edit. Facts come from the");
        line("providers' documentation and public reports, not from live calls; a `(b)` in a file marks what is");
        line("believed. Formats are hints for forms and paste detection and never a gate: providers change them.");
        line("");
        line("A file in the directory that `byok.providers.dir` names adds a provider, or replaces the whole entry of");
        line("the same id. A broken file stops the start with one line that names file and place.");
        line("");
        line("What a probe's answer can mean; only `INVALID` may stop a key from being used:");
        line("");
        line("| outcome | meaning |");
        line("|---|---|");
        for (Outcome outcome : Outcome.values()) {
            line("| `" + outcome + "` | " + outcome.meaning() + " |");
        }
        line("");
        line("Answers that no provider's own table decides are read by status, the same way for all:");
        line("");
        Provider any = catalogue.all().iterator().next();
        CredentialForm form = any.forms().getFirst();
        int own = any.answers().size() + form.probe().answers().size();
        List<AnswerRule> rules = catalogue.reading(any, form).rules();
        answers(rules.subList(own, rules.size()));
        line("| id | provider | kind | can |");
        line("|---|---|---|---|");
        for (Provider provider : catalogue.all()) {
            line("| [`%s`](#%s) | %s | %s | %s |"
                    .formatted(
                            provider.id(),
                            provider.name().toLowerCase(Locale.ROOT).replace(' ', '-'),
                            provider.name(),
                            provider.category(),
                            String.join(", ", provider.capabilities())));
        }
    }

    private void provider(Provider provider) {
        line("");
        line("## " + provider.name());
        line("");
        line("`%s`. [Documentation](%s), [get a key](%s). Calls go to `%s`; a key is sent to %s only."
                .formatted(provider.id(), provider.docs(), provider.keys(), provider.baseUrl(), hosts(provider)));
        line("");
        line("| field | what | secret | usual shape |");
        line("|---|---|---|---|");
        for (CredentialField field : provider.fields()) {
            line("| `%s` | %s | %s | %s |"
                    .formatted(field.name(), field.label(), field.secret() ? "yes" : "no", code(field.hintPattern())));
        }
        for (CredentialForm form : provider.forms()) {
            line("");
            form(form);
            if (!form.probe().answers().isEmpty()) {
                line("");
                answers(form.probe().answers());
            }
        }
        if (!provider.answers().isEmpty()) {
            line("");
            answers(provider.answers());
        }
        usage(provider);
        for (KeyWarning warning : provider.warn()) {
            line("");
            line("Warns of %s (`%s`): %s".formatted(code(warning.pattern()), warning.code(), warning.message()));
        }
        trimEnd();
    }

    private void form(CredentialForm form) {
        String optional = form.allows().isEmpty() ? "" : ", optionally " + codes(form.allows());
        String headers = form.headers().isEmpty()
                ? ""
                : " Headers: "
                        + form.headers().entrySet().stream()
                                .map(header -> "`" + header.getKey() + ": " + header.getValue() + "`")
                                .collect(Collectors.joining(", "))
                        + ".";
        line("**%s**: %s%s. Sent as %s.%s"
                .formatted(form.label(), codes(form.requires()), optional, sent(form.auth()), headers));
        line("Probe, free: `%s %s`. %s"
                .formatted(
                        form.probe().method(),
                        form.probe().url(),
                        given(form.probe().because())));
    }

    private static String sent(AuthScheme auth) {
        return switch (auth) {
            case AuthScheme.Bearer bearer -> "`Authorization: Bearer <" + bearer.field() + ">`";
            case AuthScheme.Token token -> "`Authorization: Token <" + token.field() + ">`";
            case AuthScheme.Header header -> "`" + header.name() + ": <" + header.field() + ">`";
            case AuthScheme.Basic basic -> "HTTP Basic, `" + basic.username() + "` and `" + basic.password() + "`";
            case AuthScheme.AwsSigV4 aws -> "AWS Signature Version 4 for `" + aws.service() + "`";
            case AuthScheme.ClientCredentials oauth ->
                "a bearer token from `" + oauth.tokenUrl() + "` (OAuth 2 client credentials)";
            case AuthScheme.SignedJwt jwt -> "a short-lived bearer token signed with `" + jwt.privateKey() + "`";
        };
    }

    private void answers(List<AnswerRule> rules) {
        line("| status | and the body | outcome | because |");
        line("|---|---|---|---|");
        for (AnswerRule rule : rules) {
            String lacks = rule.lacks().isEmpty() ? "" : " Lacks " + codes(rule.lacks()) + ".";
            line("| %s | %s | `%s` | %s%s |"
                    .formatted(
                            String.join(", ", rule.status()),
                            rule.when().stream().map(ProviderDocs::condition).collect(Collectors.joining("; ")),
                            rule.outcome(),
                            rule.because(),
                            lacks));
        }
        line("");
    }

    private static String condition(Condition condition) {
        String at = condition.at().isEmpty() ? "" : "`" + condition.at() + "` ";
        if (condition.present() != null) {
            return condition.at().isEmpty() ? "is JSON" : at + (condition.present() ? "is there" : "is absent");
        }
        return condition.in().isEmpty()
                ? at + "says "
                        + String.join(
                                " or ",
                                condition.contains().stream()
                                        .map(s -> "\"" + s + "\"")
                                        .toList())
                : at + "is "
                        + String.join(
                                " or ",
                                condition.in().stream().map(s -> "`" + s + "`").toList());
    }

    private void usage(Provider provider) {
        if (provider.usage().isEmpty()) {
            return;
        }
        line("");
        line("| usage of | stands in | units | note |");
        line("|---|---|---|---|");
        for (UsagePlace place : provider.usage()) {
            String where = place.where().name().toLowerCase(Locale.ROOT);
            String event = place.event() == null ? "" : ": " + place.event();
            String units =
                    place.units().entrySet().stream().map(ProviderDocs::unit).collect(Collectors.joining("<br>"));
            UsagePlace.CostPlace cost = place.cost();
            String money = cost == null ? "" : "<br>cost `" + cost.amount() + "` in `" + cost.currency() + "`";
            String open = Boolean.FALSE.equals(place.settled()) ? "Can still change. " : "";
            line("| %s | %s%s | %s%s | %s%s |"
                    .formatted(place.of(), where, event, units, money, open, given(place.note())));
        }
    }

    private static String unit(Map.Entry<UsageUnit, String> unit) {
        return unit.getKey() + " `" + unit.getValue() + "`";
    }

    private static String hosts(Provider provider) {
        return codes(provider.allowedHosts().stream().map(HostPattern::text).toList());
    }

    private static String codes(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }

    private static String code(@Nullable String text) {
        return text == null ? "" : "`" + text.replace("|", "\\|") + "`";
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void line(String text) {
        if (text.isEmpty() && page.toString().endsWith("\n\n")) {
            return;
        }
        page.append(text.stripTrailing()).append('\n');
    }

    private void trimEnd() {
        while (page.toString().endsWith("\n\n")) {
            page.setLength(page.length() - 1);
        }
    }
}
