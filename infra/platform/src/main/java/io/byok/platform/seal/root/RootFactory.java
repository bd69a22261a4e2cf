package io.byok.platform.seal.root;

import io.byok.platform.seal.KekProvider;
import io.byok.platform.seal.KeyChain;
import java.util.Map;

/**
 * A kind of root, found by {@link java.util.ServiceLoader}: a jar on the class path that names one in
 * {@code META-INF/services} adds a word to the setting {@code byok.kek}. Has a constructor without arguments.
 */
public interface RootFactory {

    /** The value of {@code byok.kek} that chooses it: small letters, digits and dashes. */
    String word();

    /**
     * The root of each chain that this node is to have; a root's two chains never share a key.
     *
     * <p>A provider beyond the network is not asked here: one that is away must not keep the server from coming up.
     *
     * @param settings those below {@code byok.kek.<word>}
     * @throws io.byok.platform.seal.KeyRefused when settings are missing or make no sense, or key material is unsound;
     *     the message is one line for the operator
     */
    Map<KeyChain, KekProvider> open(RootSettings settings, Surroundings surroundings);
}
