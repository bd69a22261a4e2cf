package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.SubjectId;
import io.byok.kernel.access.AccessEvent;

/** What the audit trail says of tokens. */
final class AccessFacts {

    private AccessFacts() {}

    static Fact of(Envelope envelope, AccessEvent event) {
        return switch (event) {
            case AccessEvent.ApiTokenCreated created ->
                Facts.fact(
                        envelope,
                        created.at(),
                        null,
                        null,
                        Fact.details(
                                "tokenId", created.token().text(),
                                "name", created.name(),
                                "scopes", created.scopes(),
                                "mask", created.mask(),
                                "expiresAt", created.expiresAt()));
            case AccessEvent.ApiTokenConfined confined ->
                Facts.fact(
                        envelope,
                        confined.at(),
                        null,
                        null,
                        Fact.details(
                                "tokenId", confined.token().text(),
                                "subjects",
                                        confined.within().users().stream()
                                                .map(SubjectId::text)
                                                .toList(),
                                "providers", confined.within().providers(),
                                "networks", confined.within().networks()));
            case AccessEvent.ApiTokenRotated rotated ->
                Facts.fact(
                        envelope,
                        rotated.at(),
                        null,
                        null,
                        Fact.details(
                                "tokenId", rotated.token().text(),
                                "mask", rotated.mask(),
                                "previousUntil", rotated.previousUntil()));
            case AccessEvent.WidgetTokenIssued issued ->
                Facts.fact(
                        envelope,
                        issued.at(),
                        null,
                        null,
                        Fact.details(
                                "tokenId", issued.token().text(),
                                "parent", issued.parent().text(),
                                "subject", issued.user().text(),
                                "scopes", issued.scopes(),
                                "expiresAt", issued.expiresAt()));
            case AccessEvent.ApiTokenRevoked revoked ->
                Facts.fact(
                        envelope,
                        revoked.at(),
                        null,
                        revoked.reason(),
                        Fact.details("tokenId", revoked.token().text()));
        };
    }
}
