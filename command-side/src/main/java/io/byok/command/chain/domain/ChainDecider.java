package io.byok.command.chain.domain;

import io.byok.command.chain.domain.ChainCommand.RemoveChain;
import io.byok.command.chain.domain.ChainCommand.SetChain;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.chain.ChainEvent;
import io.byok.kernel.chain.ChainEvent.ChainRemoved;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.chain.ChainNotFound;
import java.util.List;

/** The rules of a chain. Saying again what holds already does nothing. */
public final class ChainDecider implements Decider<ChainCommand, Chain, ChainEvent> {

    @Override
    public Chain initial() {
        return new Chain.Absent();
    }

    @Override
    public List<ChainEvent> decide(Chain state, ChainCommand command) {
        return switch (command) {
            case SetChain set ->
                switch (state) {
                    case Chain.Holding holding when holding.policy().equals(set.policy()) -> List.of();
                    case Chain.Absent _, Chain.Holding _, Chain.Removed _ ->
                        List.of(new ChainSet(
                                set.chain(), set.userId(), set.provider(), set.environment(), set.policy(), set.at()));
                };
            case RemoveChain remove ->
                switch (state) {
                    case Chain.Absent _, Chain.Removed _ -> throw Rejection.of(ChainNotFound.CHAIN_NOT_FOUND);
                    case Chain.Holding _ -> List.of(new ChainRemoved(remove.chain(), remove.at()));
                };
        };
    }

    @Override
    public Chain evolve(Chain state, ChainEvent event) {
        return switch (event) {
            case ChainSet set ->
                new Chain.Holding(set.chain(), set.userId(), set.provider(), set.environment(), set.policy(), set.at());
            case ChainRemoved removed
            when state instanceof Chain.Holding -> new Chain.Removed(removed.chain(), removed.at());
            case ChainRemoved _ -> throw new IllegalStateException("nothing holds that could be removed");
        };
    }
}
