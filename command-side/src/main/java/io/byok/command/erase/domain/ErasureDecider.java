package io.byok.command.erase.domain;

import io.byok.command.erase.domain.ErasureCommand.ConcludeErasure;
import io.byok.command.erase.domain.ErasureCommand.DestroyKeys;
import io.byok.command.erase.domain.ErasureCommand.RequestErasure;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.ErasureEvent.SubjectErased;
import io.byok.kernel.erase.ErasureEvent.SubjectErasureRequested;
import io.byok.kernel.erase.ErasureEvent.SubjectKeysDestroyed;
import io.byok.kernel.erase.ErasureEvent.SubjectUsageKept;
import io.byok.kernel.erase.UsageSum;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of an erasure. A step that was taken is not taken again, so whoever finds an erasure unfinished may simply go
 * on with it. What may hold an erasure up belongs into {@link #request}: before it nothing has happened, after it nothing
 * can be kept.
 */
public final class ErasureDecider implements Decider<ErasureCommand, Erasure, ErasureEvent> {

    /** Sums in one event: some hundred kilobytes, where a record may have eight megabytes. */
    private static final int SUMS = 2_000;

    @Override
    public Erasure initial() {
        return new Erasure.Absent();
    }

    @Override
    public List<ErasureEvent> decide(Erasure state, ErasureCommand command) {
        return switch (command) {
            case RequestErasure request -> request(state, request);
            case DestroyKeys destroy -> destroy(state, destroy);
            case ConcludeErasure conclude -> conclude(state, conclude);
        };
    }

    private static List<ErasureEvent> request(Erasure state, RequestErasure request) {
        return switch (state) {
            case Erasure.Absent _ ->
                List.of(new SubjectErasureRequested(
                        request.erasure(),
                        request.erasure().subject(),
                        request.reason(),
                        request.legalBasis(),
                        request.at()));
            case Erasure.Present _ -> List.of();
        };
    }

    private static List<ErasureEvent> destroy(Erasure state, DestroyKeys destroy) {
        return switch (state) {
            case Erasure.Absent _ -> throw Rejection.of(ErasureRefusal.NOT_FOUND);
            case Erasure.Requested _ -> destroyed(destroy);
            case Erasure.Destroyed _, Erasure.Erased _ -> List.of();
        };
    }

    private static List<ErasureEvent> destroyed(DestroyKeys destroy) {
        Remains remains = destroy.remains();
        List<ErasureEvent> events = new ArrayList<>();
        List<UsageSum> usage = remains.usage();
        for (int from = 0; from < usage.size(); from += SUMS) {
            events.add(new SubjectUsageKept(
                    destroy.erasure(), usage.subList(from, Math.min(from + SUMS, usage.size())), destroy.at()));
        }
        events.add(new SubjectKeysDestroyed(
                destroy.erasure(),
                destroy.erasure().subject(),
                remains.keys(),
                remains.credentials(),
                remains.dataKeys(),
                remains.history(),
                destroy.at()));
        return events;
    }

    private static List<ErasureEvent> conclude(Erasure state, ConcludeErasure conclude) {
        return switch (state) {
            case Erasure.Absent _, Erasure.Requested _ -> throw Rejection.of(ErasureRefusal.NOT_FOUND);
            case Erasure.Destroyed _ ->
                List.of(new SubjectErased(
                        conclude.erasure(),
                        conclude.erasure().subject(),
                        conclude.acknowledgements(),
                        conclude.certificateHash(),
                        conclude.at()));
            case Erasure.Erased _ -> List.of();
        };
    }

    @Override
    public Erasure evolve(Erasure state, ErasureEvent event) {
        return switch (event) {
            case SubjectErasureRequested asked
            when state instanceof Erasure.Absent ->
                new Erasure.Requested(
                        new Erasure.Request(asked.erasure(), asked.reason(), asked.legalBasis(), asked.at()));
            case SubjectUsageKept _ when state instanceof Erasure.Requested -> state;
            case SubjectKeysDestroyed destroyed
            when state instanceof Erasure.Requested requested -> new Erasure.Destroyed(requested.request(), destroyed);
            case SubjectErased erased
            when state instanceof Erasure.Destroyed destroyed ->
                new Erasure.Erased(
                        destroyed.request(), destroyed.destruction(), erased.acknowledgements(), erased.at());
            case SubjectErasureRequested _, SubjectUsageKept _, SubjectKeysDestroyed _, SubjectErased _ ->
                throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow "
                        + state.getClass().getSimpleName());
        };
    }
}
