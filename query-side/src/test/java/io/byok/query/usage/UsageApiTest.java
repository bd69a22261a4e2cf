package io.byok.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.usage.UsageRecord;
import io.byok.query.Ledger;
import io.byok.query.ReadApi;
import io.byok.query.SampleHistory;
import io.byok.query.feed.RunningFeed;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;

class UsageApiTest {

    private static final String ALL_TIME = "from=2026-10-01&to=2026-12-31";

    private static Ledger ledger;
    private static SampleHistory history;
    private static MockMvc api;

    @BeforeAll
    static void begin() throws Exception {
        ledger = new Ledger();
        history = new SampleHistory(ledger, 11).grow(900);
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
        api = ReadApi.of(new UsageController(new UsageReader(ledger.jooq(), clock)));
    }

    @AfterAll
    static void end() {
        ledger.close();
    }

    private static MockHttpServletResponse get(TenantId tenant, String query, Object... variables) throws Exception {
        return api.perform(MockMvcRequestBuilders.get("/v1/analytics/usage?" + query, variables)
                        .header(ReadApi.TENANT, tenant.text()))
                .andReturn()
                .getResponse();
    }

    private static JsonNode read(TenantId tenant, String query, Object... variables) throws Exception {
        MockHttpServletResponse answer = get(tenant, query, variables);
        assertThat(answer.getStatus()).as(query).isEqualTo(200);
        return ReadApi.json(answer.getContentAsString());
    }

    /** The sums of one group, added up without any of the product's code. */
    private static final class Fold {
        long requests;
        long errors;
        long uncosted;
        final Map<String, BigDecimal> units = new HashMap<>();
        final Map<String, BigDecimal> costs = new HashMap<>();

        void add(UsageRecord record) {
            requests++;
            errors += record.status().equals("error") ? 1 : 0;
            record.units().forEach((unit, amount) -> units.merge(unit, amount, BigDecimal::add));
            if (record.cost() == null) {
                uncosted++;
            } else {
                costs.merge(record.cost().currency(), record.cost().amount(), BigDecimal::add);
            }
        }
    }

    private static Map<List<String>, Fold> fold(TenantId tenant, Function<SampleHistory.Reported, List<String>> group) {
        Map<List<String>, Fold> folds = new HashMap<>();
        history.reported().stream()
                .filter(reported -> reported.user().tenant().equals(tenant))
                .forEach(reported -> folds.computeIfAbsent(group.apply(reported), _ -> new Fold())
                        .add(reported.record()));
        return folds;
    }

    private static void assertSame(JsonNode shown, @Nullable Fold fold) {
        assertThat(fold).as("nothing was reported of %s", shown).isNotNull();
        assertThat(shown.get("requests").asLong()).isEqualTo(fold.requests);
        assertThat(shown.get("errors").asLong()).isEqualTo(fold.errors);
        BigDecimal tokens = BigDecimal.ZERO;
        assertThat(shown.get("units").size()).isEqualTo(fold.units.size());
        for (Map.Entry<String, BigDecimal> unit : fold.units.entrySet()) {
            assertThat(shown.get("units").get(unit.getKey()).asDecimal()).isEqualByComparingTo(unit.getValue());
            tokens = unit.getKey().endsWith("Tokens") ? tokens.add(unit.getValue()) : tokens;
        }
        assertThat(shown.get("tokens").asDecimal()).isEqualByComparingTo(tokens);
        Map<String, BigDecimal> costs = new HashMap<>();
        shown.get("cost")
                .forEach(cost -> costs.put(
                        cost.get("currency").asString(),
                        new BigDecimal(cost.get("amount").asString())));
        assertThat(costs)
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(fold.costs);
    }

    @Test
    void sums_equal_an_independent_fold_of_what_was_reported() throws Exception {
        for (TenantId tenant : history.tenants()) {
            JsonNode usage = read(tenant, ALL_TIME + "&groupBy=day,provider,model,user,key");
            Map<List<String>, Fold> folds = fold(tenant, reported -> {
                UsageRecord record = reported.record();
                KeyId key = record.key();
                List<String> group = new ArrayList<>();
                group.add(record.occurredAt()
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString());
                group.add(record.provider());
                group.add(String.valueOf(record.model()));
                group.add(reported.user().userId());
                group.add(key == null ? "null" : key.text());
                return group;
            });
            assertThat(usage.get("rows").size()).isEqualTo(folds.size()).isGreaterThan(20);
            for (JsonNode row : usage.get("rows")) {
                List<String> group = new ArrayList<>();
                for (String field : List.of("day", "provider", "model", "userId", "keyId")) {
                    group.add(row.get(field).isNull() ? "null" : row.get(field).asString());
                }
                assertSame(row, folds.get(group));
            }
            Fold total = Objects.requireNonNull(fold(tenant, _ -> List.of()).get(List.of()));
            assertSame(usage.get("totals"), total);
            assertThat(usage.get("estimated").get("requestsWithoutCost").asLong())
                    .isEqualTo(total.uncosted);
            assertThat(usage.get("estimated").get("cost").size()).isZero();
        }
    }

    @Test
    void groups_and_filters_leave_what_they_say() throws Exception {
        SampleHistory.Reported sample = history.reported().stream()
                .filter(reported -> reported.record().key() != null)
                .findFirst()
                .orElseThrow();
        TenantId tenant = sample.user().tenant();
        KeyId key = Objects.requireNonNull(sample.record().key());
        JsonNode byProvider = read(tenant, ALL_TIME + "&groupBy=provider&metrics=requests");
        Map<List<String>, Fold> folds =
                fold(tenant, reported -> List.of(reported.record().provider()));
        assertThat(byProvider.get("rows").size()).isEqualTo(folds.size());
        for (JsonNode row : byProvider.get("rows")) {
            assertThat(row.properties().stream().map(Map.Entry::getKey)).containsExactly("provider", "requests");
            assertThat(row.get("requests").asLong())
                    .isEqualTo(Objects.requireNonNull(
                                    folds.get(List.of(row.get("provider").asString())))
                            .requests);
        }
        Fold ofKey = fold(
                        tenant,
                        reported -> List.of(String.valueOf(reported.record().key())))
                .get(List.of(key.text()));
        assertSame(read(tenant, ALL_TIME + "&keyId=" + key.text()).get("totals"), ofKey);
        Fold ofUser = fold(tenant, reported -> List.of(reported.user().userId()))
                .get(List.of(sample.user().userId()));
        assertSame(
                read(tenant, ALL_TIME + "&userId={user}", sample.user().userId())
                        .get("totals"),
                ofUser);
    }

    @Test
    void a_range_of_dates_includes_both_and_one_of_instants_ends_before_its_end() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        Map<List<String>, Fold> byDay = fold(
                tenant,
                reported -> List.of(reported.record()
                        .occurredAt()
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString()));
        String day = byDay.keySet().iterator().next().getFirst();
        for (String range : List.of(
                "from=" + day + "&to=" + day,
                "from=" + day + "T00:00:00Z&to=" + day + "T23:59:59Z",
                "from=" + day + "T10:00:00Z&to=" + LocalDate.parse(day).plusDays(1) + "T00:00:00Z")) {
            JsonNode usage = read(tenant, range);
            assertSame(usage.get("totals"), byDay.get(List.of(day)));
            assertThat(usage.get("from").asString()).isEqualTo(day);
            assertThat(usage.get("to").asString()).isEqualTo(day);
        }
        assertThat(read(tenant, "groupBy=day").get("from").asString()).isEqualTo("2026-10-24");
    }

    @Test
    void parameters_that_make_no_sense_are_refused() throws Exception {
        for (String query : List.of(
                "from=yesterday",
                "to=2026-13-01",
                "from=2026-11-02&to=2026-11-01",
                "groupBy=month",
                "groupBy=day,",
                "metrics=fame",
                "metrics=",
                "keyId=nonsense")) {
            MockHttpServletResponse answer = get(history.tenants().getFirst(), query);
            assertThat(answer.getStatus()).as(query).isEqualTo(400);
            assertThat(answer.getContentAsString()).isEqualTo("parameter-invalid");
        }
    }
}
