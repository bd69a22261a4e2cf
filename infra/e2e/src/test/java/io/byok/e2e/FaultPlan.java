package io.byok.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Which faults strike, in which order and for how long; the same for the same settings and seed.
 *
 * @param order mixed
 * @param foreign how long other people's transactions last, one after the other and again from the first
 * @param longest after this no further fault strikes
 */
record FaultPlan(List<Fault> order, List<Duration> foreign, Duration longest) {

    /**
     * From {@code byok.chaos.faults} (such as {@code server-killed=100,kafka-frozen=5}; otherwise all of the usual ones
     * {@code byok.chaos.rounds} times), {@code byok.chaos.foreign} (seconds) and {@code byok.chaos.minutes}.
     */
    static FaultPlan chosen(Random random) {
        List<Duration> foreign = Arrays.stream(
                        System.getProperty("byok.chaos.foreign", "2").split(","))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.strip())))
                .toList();
        Duration longest = Duration.ofMinutes(Integer.getInteger("byok.chaos.minutes", 24 * 60));
        return new FaultPlan(order(random), foreign, longest);
    }

    /** How often each is to strike. */
    Map<Fault, Integer> counts() {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        order.forEach(fault -> counts.merge(fault, 1, Integer::sum));
        return counts;
    }

    boolean needsDisks() {
        return order.stream().anyMatch(Fault::needsDisks);
    }

    private static List<Fault> order(Random random) {
        List<Fault> order = new ArrayList<>();
        String counts = System.getProperty("byok.chaos.faults", "");
        if (counts.isBlank()) {
            for (int round = Integer.getInteger("byok.chaos.rounds", 1); round > 0; round--) {
                List<Fault> all = new ArrayList<>(Fault.usual());
                Collections.shuffle(all, random);
                order.addAll(all);
            }
            return order;
        }
        for (String count : counts.split(",")) {
            String[] parts = count.strip().split("=");
            Fault fault = Fault.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_'));
            order.addAll(Collections.nCopies(Integer.parseInt(parts[1]), fault));
        }
        Collections.shuffle(order, random);
        return order;
    }
}
