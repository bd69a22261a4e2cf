package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where consumption stands in a provider's answers.
 *
 * @param of which call, such as {@code chat}
 * @param event which event of a stream, or which later call, carries it
 * @param units by unit: a JSON pointer, or the header's name
 * @param settled false when the numbers can still change or appear after the answer (telephony prices)
 */
public record UsagePlace(
        String of,
        Where where,
        @Nullable String event,
        Map<UsageUnit, String> units,
        @Nullable CostPlace cost,
        @Nullable Boolean settled,
        @Nullable String note) {

    /** The part of an answer. */
    public enum Where {
        @JsonProperty("body")
        BODY,
        @JsonProperty("stream")
        STREAM,
        @JsonProperty("header")
        HEADER,
        @JsonProperty("later")
        LATER
    }

    /**
     * Where an amount of money stands.
     *
     * @param currency a JSON pointer, or an ISO 4217 code
     */
    public record CostPlace(String amount, String currency) {
        public CostPlace {
            amount = Given.text("amount", amount);
            currency = Given.text("currency", currency);
            Given.require(currency.startsWith("/") || currency.matches("[A-Z]{3}"), "currency is no code or pointer");
        }
    }

    public UsagePlace {
        of = Given.text("of", of);
        where = Given.present("where", where);
        units = Given.map(units);
        settled = settled == null || settled;
        Given.require(!units.isEmpty() || cost != null, "names neither units nor cost");
        boolean pointers = where != Where.HEADER;
        units.values()
                .forEach(place -> Given.require(place.startsWith("/") == pointers, "\"%s\" is the wrong kind", place));
    }
}
