package io.byok.query.audit.tree;

import io.byok.kernel.UseId;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proves what is in the log of the caller's tenant, by the standard proofs of RFC 6962. */
@RestController("auditProofController")
public final class ProofController {

    private static final int LEVELS = 8;

    private final ProofReader reader;

    public ProofController(ProofReader reader) {
        this.reader = reader;
    }

    /** The newest signed state, or the newest that is no larger than {@code size}. */
    @GetMapping("/v1/audit/checkpoint")
    @RequiresScope("audit:read")
    @Answers(body = ProofViews.CheckpointView.class, problems = 404)
    public ProofViews.CheckpointView checkpoint(Caller caller, @RequestParam @Nullable String size) {
        long most = size == null ? Long.MAX_VALUE : number("size", size);
        return reader.show(reader.checkpoint(caller.tenant(), most));
    }

    @GetMapping("/v1/audit/signing-key")
    @RequiresScope("audit:read")
    public ProofViews.SigningKeyView signingKey(Caller caller) {
        return reader.key(caller.tenant());
    }

    /** That a leaf, which is named in one of three ways, is in the tree of that size: the newest signed one if absent. */
    @GetMapping("/v1/audit/proofs/inclusion")
    @RequiresScope("audit:read")
    @Answers(body = ProofViews.InclusionView.class, problems = 404)
    public ProofViews.InclusionView inclusion(
            Caller caller,
            @RequestParam @Nullable String index,
            @RequestParam @Nullable String eventId,
            @RequestParam @Nullable String useId,
            @RequestParam @Nullable String size) {
        if (Stream.of(Optional.ofNullable(index), Optional.ofNullable(eventId), Optional.ofNullable(useId))
                        .filter(Optional::isPresent)
                        .count()
                != 1) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "give one of index, eventId and useId");
        }
        long leaf = index != null
                ? number("index", index)
                : reader.index(caller.tenant(), eventId != null ? event(eventId) : use(useId));
        long of = size != null
                ? number("size", size)
                : reader.checkpoint(caller.tenant(), Long.MAX_VALUE).getSize();
        return reader.inclusion(caller.tenant(), leaf, of);
    }

    /** That the tree of the size {@code to} begins with the one of the size {@code from}. */
    @GetMapping("/v1/audit/proofs/consistency")
    @RequiresScope("audit:read")
    @Answers(body = ProofViews.ConsistencyView.class, problems = 404)
    public ProofViews.ConsistencyView consistency(
            Caller caller, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        long smaller = number("from", from);
        long larger = number("to", to);
        if (smaller > larger) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "from is larger than to");
        }
        return reader.consistency(caller.tenant(), smaller, larger);
    }

    @GetMapping("/v1/audit/tiles/{level}/{index}")
    @RequiresScope("audit:read")
    public ProofViews.TileView tile(Caller caller, @PathVariable String level, @PathVariable String index) {
        return reader.tile(caller.tenant(), level(level), number("index", index));
    }

    static int level(String text) {
        long level = number("level", text);
        if (level >= LEVELS) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "level is a number from 0 to 7");
        }
        return (int) level;
    }

    static long number(String name, @Nullable String text) {
        if (text != null && text.matches("0|[1-9][0-9]{0,17}")) {
            return Long.parseLong(text);
        }
        throw new BadRequest(ProblemCode.PARAMETER_INVALID, name + " is a number from 0");
    }

    private static UUID event(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new BadRequest(ProblemCode.PARAMETER_INVALID, "eventId is not the id of an event");
    }

    private static UUID use(@Nullable String text) {
        return Optional.ofNullable(text)
                .flatMap(UseId::parse)
                .map(UseId::value)
                .orElseThrow(() -> new BadRequest(ProblemCode.PARAMETER_INVALID, "useId is not the id of a use"));
    }
}
