package io.byok.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Users with keys, uses and usage, whose ids and labels can be searched for. */
final class Population {

    /** A user and what is theirs. */
    record Person(String id, String alias, String key, String secret) {}

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final List<Person> people;
    private final long position;

    private Population(List<Person> people, long position) {
        this.people = people;
        this.position = position;
    }

    List<Person> people() {
        return people;
    }

    /** Behind everything that made them. */
    long position() {
        return position;
    }

    /** Lets so many users have a key with everything that a key can be called, use it, and report. */
    static Population of(int users, Api api) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Person>> made = IntStream.range(0, users)
                    .mapToObj(i -> threads.submit(() -> person(api, i)))
                    .toList();
            List<Person> people = new ArrayList<>();
            for (Future<Person> one : made) {
                people.add(one.get());
            }
            long last = api.post(Credentials.keysOf("last"), Credentials.add("deepgram", Credentials.deepgram()))
                    .expect(201)
                    .position();
            return new Population(people, last);
        }
    }

    private static Person person(Api api, int number) {
        String id = "user" + Credentials.random(LETTERS, 44);
        String alias = "alias" + Credentials.random(LETTERS, 43);
        String secret = Credentials.openai();
        String labels =
                "\"alias\":\"%s\",\"description\":\"%s, for people\",\"tags\":[\"%s\"],".formatted(alias, alias, alias);
        Answer added = api.with("Idempotency-Key", "k-" + id)
                .post(Credentials.keysOf(id), Credentials.add("openai", secret, labels))
                .expect(201);
        String key = added.string("/id");
        if (number % 3 == 0) {
            secret = Credentials.openai();
            api.post("/v1/keys/" + key + "/rotate", Credentials.rotate(secret, "PT1H"))
                    .expect(200);
        }
        api.put("/v1/users/" + id + "/chains/openai", "{\"keys\":[\"%s\"],\"system\":\"never\"}".formatted(key))
                .expect(200);
        api.post("/v1/resolve", Credentials.resolve(id, "openai")).expect(200);
        api.post(
                        "/v1/usage",
                        "{\"records\":[%s,%s]}"
                                .formatted(
                                        Credentials.usage(
                                                "a-" + id,
                                                id,
                                                "openai",
                                                key,
                                                "\"occurredAt\":\"2026-03-02T00:00:00Z\",\"units\":{\"inputTokens\":"
                                                        + (number + 1)
                                                        + "},\"cost\":{\"amount\":\"0.25\",\"currency\":\"USD\"}"),
                                        Credentials.usage(
                                                "b-" + id,
                                                id,
                                                "openai",
                                                key,
                                                "\"occurredAt\":\"2026-03-03T00:00:00Z\",\"status\":\"error\"")))
                .expect(202);
        return new Person(id, alias, key, secret);
    }

    /** What the tenant consumed, whoever it was. */
    static String totals(Api api) {
        Answer answer = api.get("/v1/analytics/usage?from=2026-03-01&to=2026-03-31&groupBy=day,provider,model"
                        + "&metrics=requests,tokens,cost,errors")
                .expect(200);
        return answer.at("/totals").toString() + answer.at("/rows");
    }

    /** What the read side holds of each user, and what a resolve hands out. */
    static Map<String, List<String>> holdings(Database database, Api api, List<Person> people) {
        Map<String, List<String>> all = new HashMap<>();
        for (Person one : people) {
            List<String> rows = new ArrayList<>();
            rows.addAll(
                    database.rows("select (to_jsonb(k) - 'last_used_at')::text from view.key_view k where user_id = '"
                            + one.id() + "'"));
            rows.addAll(database.rows(
                    "select u::text from view.usage_day u where user_id = '" + one.id() + "' order by 1"));
            rows.addAll(database.rows("select c::text from view.chain_view c where user_id = '" + one.id() + "'"));
            rows.addAll(database.rows("select e::text from view.audit_event e join view.audit_subject s"
                    + " on s.subject = e.subject and s.tenant = e.tenant where s.user_id = '" + one.id()
                    + "' and e.action <> 'key-used' order by e.position, e.item"));
            rows.add(api.post("/v1/resolve", Credentials.resolve(one.id(), "openai"))
                    .expect(200)
                    .at("/credential")
                    .toString());
            all.put(one.id(), rows);
        }
        return all;
    }
}
