package io.byok.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long everything took to go on after each fault. */
final class Recoveries {

    private static final Logger log = LoggerFactory.getLogger(Recoveries.class);

    private final Map<Fault, List<Duration>> all = new EnumMap<>(Fault.class);
    private int count;

    void note(Fault fault, Duration length, Duration recovery) {
        all.computeIfAbsent(fault, first -> new ArrayList<>()).add(recovery);
        log.info("{}: {} ({} ms), went on after {} ms", ++count, fault, length.toMillis(), recovery.toMillis());
    }

    /** A line for each fault: how often, the median and the longest. */
    @Override
    public String toString() {
        return all.entrySet().stream()
                .map(entry -> line(
                        entry.getKey(),
                        entry.getValue().stream()
                                .sorted(Comparator.naturalOrder())
                                .toList()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Fault fault, List<Duration> sorted) {
        return "%-20s %4d times, median %6d ms, longest %6d ms"
                .formatted(
                        fault,
                        sorted.size(),
                        sorted.get(sorted.size() / 2).toMillis(),
                        sorted.getLast().toMillis());
    }
}
