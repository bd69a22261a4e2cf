package io.byok.command.erase.domain;

import io.byok.kernel.KeyId;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.kernel.erase.HistorySpan;
import io.byok.kernel.erase.UsageSum;
import java.util.List;

/**
 * All that there is about an end user, after nothing more can be added and before it is destroyed.
 *
 * @param keys the user's provider keys, deleted ones included
 * @param credentials how many sealed versions there are
 * @param dataKeys what opens the history and the credentials
 * @param history where the user's events lie
 * @param usage what the tenant consumed through the user
 */
public record Remains(
        List<KeyId> keys,
        int credentials,
        List<DestroyedKey> dataKeys,
        List<HistorySpan> history,
        List<UsageSum> usage) {}
