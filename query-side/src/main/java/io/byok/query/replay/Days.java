package io.byok.query.replay;

import io.byok.query.feed.Day;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A day of a read model, live and replayed. @param live SHA-256 in hex, empty where it says nothing of that day */
record Days(String table, String day, String live, String replayed) {

    private static final int MOST = 4_000; // more than a decade

    /** Of all days in order; of the oldest only as many as there is room for. */
    static List<Days> of(List<Day> live, List<Day> replayed) {
        Map<String, Days> all = new TreeMap<>();
        live.forEach(day -> all.put(day.table() + day.day(), new Days(day.table(), day.day(), day.digest(), "")));
        replayed.forEach(day -> all.merge(
                day.table() + day.day(),
                new Days(day.table(), day.day(), "", day.digest()),
                (one, other) -> new Days(one.table(), one.day(), one.live(), other.replayed())));
        List<Days> days = new ArrayList<>(all.values());
        return days.subList(Math.max(0, days.size() - MOST), days.size());
    }

    boolean equal() {
        return live.equals(replayed);
    }
}
