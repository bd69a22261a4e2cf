package io.byok.platform.event;

import io.byok.kernel.DomainEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * How old revisions of events are read: each is lifted by one function to the next, until it is the one that stands in
 * {@link EventNames}. The one place for it: whoever opens an event, to load an aggregate, to feed a read model or to
 * replay, gets it lifted. What is stored stays as it is, and so do its name and seal.
 *
 * <p>Needed for changes that an old content cannot be read with. A field that is added needs none: absent it is null, and
 * one that is unknown is passed over.
 */
public final class Upcasts {

    /** The steps of this version: none, since no event has had a second revision. */
    public static final Upcasts KNOWN = new Upcasts(List.of());

    /**
     * From one revision to the next.
     *
     * @param code the event's number in {@link EventNames}
     * @param from the revision that it reads; it makes the one after it
     * @param lift a pure function of the event's own part: no clock, no randomness, nothing looked up; may change and
     *     return what it is given
     */
    public record Step(int code, int from, UnaryOperator<ObjectNode> lift) {}

    private record Revision(int code, int revision) {}

    private final Map<Revision, UnaryOperator<ObjectNode>> steps = new HashMap<>();

    /**
     * @throws IllegalArgumentException for two steps from one revision, or steps that do not end at a revision in the
     *     table: a bug of ours
     */
    public Upcasts(List<Step> steps) {
        for (Step step : steps) {
            if (this.steps.put(new Revision(step.code(), step.from()), step.lift()) != null) {
                throw new IllegalArgumentException("two steps from revision " + step.from() + " of " + step.code());
            }
        }
        for (Step step : steps) {
            if (EventNames.type(step.code(), step.from()).isPresent()) {
                throw new IllegalArgumentException("revision " + step.from() + " of " + step.code() + " is not old");
            }
            if (path(step.code(), step.from()).isEmpty()) {
                throw new IllegalArgumentException("revision " + step.from() + " of " + step.code() + " leads nowhere");
            }
        }
    }

    /** The way from a stored revision to an event. */
    record Path(Class<? extends DomainEvent> type, List<UnaryOperator<ObjectNode>> steps) {

        ObjectNode lift(ObjectNode old) {
            ObjectNode lifted = old;
            for (UnaryOperator<ObjectNode> step : steps) {
                lifted = step.apply(lifted);
            }
            return lifted;
        }
    }

    /** Empty for a name or revision that this version of the server does not know. */
    Optional<Path> path(int code, int revision) {
        List<UnaryOperator<ObjectNode>> lifts = new ArrayList<>();
        for (int at = revision; ; at++) {
            Optional<Class<? extends DomainEvent>> type = EventNames.type(code, at);
            if (type.isPresent()) {
                return Optional.of(new Path(type.get(), List.copyOf(lifts)));
            }
            UnaryOperator<ObjectNode> step = steps.get(new Revision(code, at));
            if (step == null) {
                return Optional.empty();
            }
            lifts.add(step);
        }
    }
}
