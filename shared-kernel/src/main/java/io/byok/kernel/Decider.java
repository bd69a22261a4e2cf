package io.byok.kernel;

import java.util.List;

/**
 * The rules of one kind of aggregate, as pure functions: equal arguments give equal answers, nothing is mutated, no
 * clock is read and no randomness is drawn. Instants and identifiers arrive in the command.
 *
 * @param <C> the sealed family of commands
 * @param <S> the sealed family of states
 * @param <E> the sealed family of events
 */
public interface Decider<C, S, E> {

    /** The state before the first event. */
    S initial();

    /**
     * Decides what a command leads to.
     *
     * @return the events, in order; empty when the state already is what the command asks for
     * @throws Rejection when a business rule says no; nothing has happened then
     */
    List<E> decide(S state, C command);

    /**
     * Applies one event that has happened.
     *
     * @throws IllegalStateException when the event cannot follow the state: a bug or a damaged history, never input
     */
    S evolve(S state, E event);

    /** Folds a history from {@link #initial()}. */
    default S fold(Iterable<? extends E> history) {
        S state = initial();
        for (E event : history) {
            state = evolve(state, event);
        }
        return state;
    }
}
