package io.byok.command.rotation;

import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.Rotation;
import io.byok.platform.seal.RotationWatch;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which rotation renews which level. */
final class Levels {

    private final Map<KeyLevel, Rotation> levels = new EnumMap<>(KeyLevel.class);

    Levels(Rotation roots, Rotation tenantKeks, Rotation eventKeys, Rotation credentialKeys) {
        levels.put(KeyLevel.ROOT, roots);
        levels.put(KeyLevel.TENANT, tenantKeks);
        levels.put(
                KeyLevel.DATA,
                new EachChain(new EnumMap<>(Map.of(KeyChain.EVENTS, eventKeys, KeyChain.CREDENTIALS, credentialKeys))));
    }

    Rotation of(KeyLevel level) {
        Rotation rotation = levels.get(level);
        if (rotation == null) {
            throw new IllegalArgumentException("nothing rotates level " + level);
        }
        return rotation;
    }

    /** Data keys of the two chains lie in two places; to whoever asks they are one level. */
    private record EachChain(Map<KeyChain, Rotation> chains) implements Rotation {

        @Override
        public long remaining(Scope scope) {
            return in(scope).stream().mapToLong(one -> one.remaining(scope)).sum();
        }

        @Override
        public long run(Scope scope, RotationWatch watch) {
            return in(scope).stream().mapToLong(one -> one.run(scope, watch)).sum();
        }

        @Override
        public List<Count> counts() {
            return chains.values().stream()
                    .flatMap(one -> one.counts().stream())
                    .toList();
        }

        @Override
        public Optional<Instant> oldest() {
            return chains.values().stream()
                    .flatMap(one -> one.oldest().stream())
                    .min(Instant::compareTo);
        }

        private List<Rotation> in(Scope scope) {
            Set<KeyChain> asked = scope.chains();
            return chains.entrySet().stream()
                    .filter(entry -> asked.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }
}
