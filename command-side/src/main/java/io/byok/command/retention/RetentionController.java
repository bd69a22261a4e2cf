package io.byok.command.retention;

import io.byok.command.bus.Receipt;
import io.byok.command.http.CommandAnswer;
import io.byok.command.retention.domain.Retention;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Retention of the caller's tenant: the policy, and what it lets go or would. */
@RestController
public class RetentionController {

    private static final int MOST_DAYS = 36_500;

    private final Retentions retentions;

    RetentionController(Retentions retentions) {
        this.retentions = retentions;
    }

    /** @param days absent for as many as the operator's setting says */
    public record PolicyBody(@Nullable Integer days) {}

    /** What a policy of so many days would let go, by year. */
    public record Simulation(int days, List<DueYear> years) {}

    @GetMapping("/v1/retention")
    @RequiresScope(Scopes.AUDIT_READ)
    public RetentionView show(Caller caller) {
        return RetentionView.of(retentions.now(caller.tenant()), retentions.least());
    }

    /** Opens every record of a use that there is: takes its time, and changes nothing. */
    @GetMapping("/v1/retention/simulation")
    @RequiresScope(Scopes.AUDIT_READ)
    public Simulation simulate(Caller caller, @RequestParam @Nullable Integer days) {
        int so = days == null ? retentions.least() : days;
        if (so < 1 || so > MOST_DAYS) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "days takes a number from 1 to " + MOST_DAYS);
        }
        return new Simulation(so, retentions.simulate(caller.tenant(), so));
    }

    /** Takes effect at its {@code appliesAt} and not before: until then the simulation shows what will go. */
    @PutMapping("/v1/retention")
    @Answers(body = RetentionView.class, etag = true, problems = 409)
    @RequiresScope(Scopes.RETENTION_WRITE)
    public ResponseEntity<Object> set(Caller caller, @RequestBody PolicyBody body) {
        int days = body.days() == null ? retentions.least() : body.days();
        if (days < 1 || days > MOST_DAYS) {
            throw new BadRequest("field-invalid", "/days", "A number from 1 to " + MOST_DAYS + ".");
        }
        Receipt<Retention> receipt = retentions.set(caller.tenant(), days, caller.provenance());
        return CommandAnswer.ok(
                        receipt.version(), receipt.position(), RetentionView.of(receipt.state(), retentions.least()))
                .entity();
    }

    /** From the answer on nothing is let go any more; what is gone stays gone. */
    @DeleteMapping("/v1/retention")
    @Answers(value = 204, etag = true)
    @RequiresScope(Scopes.RETENTION_WRITE)
    public ResponseEntity<Object> remove(Caller caller) {
        Receipt<Retention> receipt = retentions.remove(caller.tenant(), caller.provenance());
        return CommandAnswer.noContent(receipt.version(), receipt.position()).entity();
    }
}
