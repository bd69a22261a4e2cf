package io.byok.command.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Judges the form of a credential: which fields, and what they consist of. Whether it works, only a probe can tell. */
final class CredentialCheck {

    /** An unknown name is repeated only when it cannot be a key that slipped into the wrong place. */
    private static final Pattern HARMLESS_NAME = Pattern.compile("[A-Za-z_]{1,32}");

    /** What people copy along. No provider's keys look so. */
    private static final Shape COPIED_ALONG =
            new Shape("(?i)(authorization:|(export )?[a-z0-9_]+_(key|token|secret)=|(bearer|token|basic) ).*");

    private final Provider provider;

    CredentialCheck(Provider provider) {
        this.provider = provider;
    }

    List<CredentialProblem> problems(CredentialShape credential) {
        List<CredentialProblem> problems = new ArrayList<>();
        Set<String> names = new TreeSet<>(credential.names());
        CredentialForm form = provider.forms().stream()
                .min(Comparator.comparingLong(candidate -> candidate.distance(names)))
                .orElseThrow();
        for (String required : form.requires()) {
            if (!names.contains(required)) {
                problems.add(new CredentialProblem("/" + required, "is missing"));
            }
        }
        for (String name : names) {
            if (!form.takes(name)) {
                problems.add(notTaken(name, form));
            } else {
                provider.field(name)
                        .flatMap(field -> credential.lend(name, bytes -> problem(field, VisibleBytes.of(bytes))))
                        .ifPresent(message -> problems.add(new CredentialProblem("/" + name, message)));
            }
        }
        return List.copyOf(problems);
    }

    private CredentialProblem notTaken(String name, CredentialForm form) {
        if (provider.field(name).isPresent()) {
            return new CredentialProblem("/" + name, "does not go together with " + String.join(", ", form.requires()));
        }
        String pointer = HARMLESS_NAME.matcher(name).matches() ? "/" + name : "";
        List<String> taken =
                provider.fields().stream().map(CredentialField::name).toList();
        return new CredentialProblem(
                pointer, "is not a field of " + provider.name() + ", which takes " + String.join(", ", taken));
    }

    private Optional<String> problem(CredentialField field, VisibleBytes text) {
        if (text.length() == 0) {
            return Optional.of("is empty");
        }
        if (text.length() > field.longest()) {
            return Optional.of("is longer than " + field.longest() + " characters");
        }
        for (KeyWarning warning : provider.warn()) {
            if (field.secret() && warning.refused() && warning.matches(text)) {
                return Optional.of("cannot be used here: " + warning.message());
            }
        }
        boolean lines = field.format() == FieldFormat.PEM;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~') {
                return Optional.of("has a character that is not plain ASCII, often an invisible one from copying");
            }
            boolean edge = i == 0 || i == text.length() - 1;
            if (edge && (c == ' ' || c == '\t' || (!lines && (c == '\n' || c == '\r')))) {
                return Optional.of("has white space around it");
            }
            if ((c < ' ' || c == 0x7f) && !(lines && (c == '\n' || c == '\r'))) {
                return Optional.of("has a control character");
            }
            if (edge && (c == '"' || c == '\'' || c == '`')) {
                return Optional.of("has quotes around it");
            }
        }
        return switch (field.format()) {
            case TEXT -> text(field, text);
            case PEM ->
                text.startsWith("-----BEGIN ") ? Optional.empty() : Optional.of("does not begin with -----BEGIN");
            case HOST_LABEL ->
                FieldFormat.isHostLabel(text) ? Optional.empty() : Optional.of("is not one label of a host name");
            case ENDPOINT -> endpoint(text);
        };
    }

    private static Optional<String> text(CredentialField field, VisibleBytes text) {
        if (field.secret()) {
            return COPIED_ALONG.matches(text)
                    ? Optional.of("has a name or a scheme before it; send the key alone")
                    : Optional.empty();
        }
        // As part of an address it would mean another one.
        boolean dots = text.length() <= 2 && text.chars().allMatch(c -> c == '.');
        return dots ? Optional.of("is no identifier") : Optional.empty();
    }

    /** An endpoint decides where the key goes, so this is the gate: nothing but a bare, allowed https host passes. */
    private Optional<String> endpoint(VisibleBytes text) {
        byte[] copy = new byte[text.length()];
        text.bytes().get(text.start(), copy);
        try {
            URI uri = new URI(new String(copy, StandardCharsets.US_ASCII));
            boolean bare = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getHost().equals(uri.getRawAuthority())
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (!bare) {
                return Optional.of("is not a bare https address such as https://name.example.com");
            }
            return provider.allowsHost(uri.getHost())
                    ? Optional.empty()
                    : Optional.of("is not on a host that keys of " + provider.name() + " may be sent to");
        } catch (URISyntaxException e) {
            return Optional.of("is not an address");
        }
    }
}
