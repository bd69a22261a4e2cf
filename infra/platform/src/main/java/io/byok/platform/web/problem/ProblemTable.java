package io.byok.platform.web.problem;

import io.byok.kernel.Refusal;
import io.byok.platform.web.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Every code the server can answer with, each exactly once: the platform's own and what the features refuse. */
public final class ProblemTable {

    private static final Pattern CODE = Pattern.compile("[a-z]+(-[a-z]+)*");

    private final Map<String, ProblemEntry> byCode = new TreeMap<>();

    /** @throws IllegalStateException for a code that is not a kebab-case word or means two things */
    public ProblemTable(Collection<? extends Refusal> refusals) {
        for (ProblemCode code : ProblemCode.values()) {
            add(ProblemEntry.of(code));
        }
        for (Refusal refusal : refusals) {
            add(ProblemEntry.of(refusal));
        }
    }

    private void add(ProblemEntry entry) {
        if (!CODE.matcher(entry.code()).matches()) {
            throw new IllegalStateException("not a problem code: " + entry.code());
        }
        ProblemEntry taken = byCode.putIfAbsent(entry.code(), entry);
        // Both sides say "key-not-found", in the same words: that is one entry.
        if (taken != null && !taken.equals(entry)) {
            throw new IllegalStateException("problem code " + entry.code() + " is taken");
        }
    }

    public Optional<ProblemEntry> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** Sorted by code. */
    public List<ProblemEntry> entries() {
        return List.copyOf(byCode.values());
    }
}
