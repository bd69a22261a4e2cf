package io.byok.command.rotation;

import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rotated.
 *
 * @param level {@code root}, {@code tenant} or {@code data}
 * @param chain {@code events} or {@code credentials}; absent for both
 * @param tenant one tenant's id; absent for all, and always for a root
 */
public record RotationBody(
        String level, @Nullable String chain, @Nullable String tenant) {

    /** What was asked for, once it makes sense. */
    record Checked(
            KeyLevel level,
            @Nullable KeyChain chain,
            @Nullable TenantId tenant) {}

    Checked check() {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<KeyLevel> asked = KeyLevel.of(level);
        if (asked.isEmpty()) {
            problems.add(new FieldProblem("/level", "must be root, tenant or data"));
        }
        KeyChain one = Arrays.stream(KeyChain.values())
                .filter(known -> known.word().equals(chain))
                .findFirst()
                .orElse(null);
        if (chain != null && one == null) {
            problems.add(new FieldProblem("/chain", "must be events or credentials"));
        }
        TenantId whose = tenant == null ? null : TenantId.parse(tenant).orElse(null);
        if (tenant != null && whose == null) {
            problems.add(new FieldProblem("/tenant", "is no tenant's id; GET /v1/tenants lists them"));
        }
        if (tenant != null && asked.filter(KeyLevel.ROOT::equals).isPresent()) {
            problems.add(new FieldProblem("/tenant", "a root is everybody's; leave it out"));
        }
        if (!problems.isEmpty()) {
            throw new BadRequest(ProblemCode.FIELD_INVALID.code(), problems);
        }
        return new Checked(asked.orElseThrow(), one, whose);
    }
}
