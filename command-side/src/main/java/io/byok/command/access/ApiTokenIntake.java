package io.byok.command.access;

import io.byok.command.access.domain.ApiTokenRefusal;
import io.byok.command.head.SubjectDirectory;
import io.byok.kernel.Rejection;
import io.byok.kernel.access.Confinement;
import io.byok.platform.access.Network;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is asked of tokens. Nobody makes, or gets hold of, a token that may do more than their own. */
final class ApiTokenIntake {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_USER_ID = 255;
    private static final int MOST = 100;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final SubjectDirectory subjects;

    ApiTokenIntake(SubjectDirectory subjects) {
        this.subjects = subjects;
    }

    /** What is asked for. @param restrictedTo absent for no limit but the scopes */
    public record ApiTokenBody(
            String name,
            List<String> scopes,
            @Nullable Instant expiresAt,
            @Nullable RestrictionBody restrictedTo) {}

    /**
     * What a token may reach. A list that is absent limits nothing; an empty one would open nothing and is refused.
     *
     * @param users the application's own ids
     * @param networks CIDR notation, or single addresses
     */
    public record RestrictionBody(
            @Nullable List<String> users,
            @Nullable List<String> providers,
            @Nullable List<String> networks) {}

    /** @param overlap how long the text before opens too, an ISO 8601 duration up to 30 days; none when absent */
    public record RotateBody(@Nullable String overlap) {}

    /** End users who are named are registered, when all else is right. */
    Confinement check(Caller caller, ApiTokenBody body) {
        List<FieldProblem> problems = new ArrayList<>();
        if (body.name().isBlank() || body.name().length() > LONGEST_NAME) {
            problems.add(new FieldProblem("/name", "A name has 1 to " + LONGEST_NAME + " characters."));
        }
        if (body.scopes().isEmpty()) {
            problems.add(new FieldProblem("/scopes", "A token needs at least one scope."));
        }
        for (int i = 0; i < body.scopes().size(); i++) {
            if (!Scopes.ALL.contains(body.scopes().get(i))) {
                problems.add(new FieldProblem("/scopes/" + i, "There is no such scope."));
            }
        }
        RestrictionBody asked =
                body.restrictedTo() == null ? new RestrictionBody(null, null, null) : body.restrictedTo();
        List<String> users = texts("users", asked.users(), problems);
        List<String> providers = texts("providers", asked.providers(), problems);
        for (int i = 0; i < providers.size(); i++) {
            if (!PROVIDER.matcher(providers.get(i)).matches()) {
                problems.add(new FieldProblem("/restrictedTo/providers/" + i, "That is no provider's name."));
            }
        }
        List<String> networks = networks(texts("networks", asked.networks(), problems), problems);
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
        List<String> from = networks.isEmpty() ? caller.within().networks() : networks;
        mayGive(caller, body.scopes(), new Confinement(List.of(), List.of(), from));
        return new Confinement(
                users.stream()
                        .map(user -> subjects.findOrRegister(caller.tenant(), user, caller.provenance()))
                        .distinct()
                        .toList(),
                providers,
                from);
    }

    /** A caller who is confined to users or providers does not come here at all. */
    static void mayGive(Caller caller, List<String> scopes, Confinement within) {
        List<String> missing =
                scopes.stream().filter(scope -> !caller.may(scope)).toList();
        if (!missing.isEmpty()) {
            throw new Rejection(
                    ApiTokenRefusal.SCOPE_NOT_YOURS, "Your token lacks " + String.join(", ", missing) + ".");
        }
        List<Network> own = parsed(caller.within().networks());
        boolean wider = within.networks().isEmpty()
                || !parsed(within.networks()).stream()
                        .allMatch(network -> own.stream().anyMatch(one -> one.contains(network)));
        if (!own.isEmpty() && wider) {
            throw Rejection.of(ApiTokenRefusal.REACH_NOT_YOURS);
        }
    }

    static Duration overlap(@Nullable RotateBody body) {
        if (body == null || body.overlap() == null) {
            return Duration.ZERO;
        }
        try {
            Duration overlap = Duration.parse(body.overlap());
            if (!overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0) {
                return overlap;
            }
        } catch (DateTimeParseException noDuration) {
            // said below
        }
        throw BadRequest.field("/overlap", "An ISO 8601 duration from PT0S to P30D, such as PT15M.");
    }

    private static List<Network> parsed(List<String> networks) {
        return networks.stream().map(Network::parse).flatMap(Optional::stream).toList();
    }

    private static List<String> networks(List<String> texts, List<FieldProblem> problems) {
        List<String> networks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Optional<Network> network = Network.parse(texts.get(i));
            if (network.isEmpty()) {
                problems.add(new FieldProblem(
                        "/restrictedTo/networks/" + i,
                        "An address, or a network such as 10.1.0.0/16 or 2001:db8::/32 without host bits."));
            }
            network.map(Network::text).ifPresent(networks::add);
        }
        return networks.stream().distinct().toList();
    }

    private static List<String> texts(String field, @Nullable List<String> texts, List<FieldProblem> problems) {
        if (texts == null) {
            return List.of();
        }
        if (texts.isEmpty() || texts.size() > MOST) {
            problems.add(new FieldProblem("/restrictedTo/" + field, "1 to " + MOST + " entries, or leave it out."));
            return List.of();
        }
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.isBlank()
                    || text.length() > LONGEST_USER_ID
                    || text.chars().anyMatch(Character::isISOControl)) {
                problems.add(new FieldProblem(
                        "/restrictedTo/" + field + "/" + i,
                        "1 to " + LONGEST_USER_ID + " characters, none of them a control character."));
            }
        }
        return texts.stream().distinct().toList();
    }
}
