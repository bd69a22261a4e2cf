package io.byok.command.subject;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.bus.Order;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.head.SubjectRefs;
import io.byok.command.head.SubjectRefs.AlreadyRegistered;
import io.byok.command.store.Row;
import io.byok.command.subject.domain.SubjectCommand;
import io.byok.command.subject.domain.SubjectCommand.RegisterSubject;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Registers end users as the application names them. Of concurrent registrations of one user exactly one holds. */
final class Subjects implements SubjectDirectory {

    private final SubjectRefs refs;
    private final Commands commands;
    private final Ids ids;
    private final Clock clock;

    Subjects(SubjectRefs refs, Commands commands, Ids ids, Clock clock) {
        this.refs = refs;
        this.commands = commands;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Optional<SubjectId> find(TenantId tenant, String userId) {
        return refs.find(tenant, userId);
    }

    @Override
    public SubjectId findOrRegister(TenantId tenant, String userId, Provenance by) {
        return find(tenant, userId).orElseGet(() -> register(tenant, userId, by));
    }

    private SubjectId register(TenantId tenant, String userId, Provenance by) {
        SubjectId subject = ids.subject();
        RegisterSubject command =
                new RegisterSubject(subject, userId, clock.instant().truncatedTo(ChronoUnit.MICROS));
        Row<SubjectRefs.Ref> row = new Row<>(refs, refs.ref(tenant, userId, subject));
        try {
            commands.send(
                    new Order<>(SubjectCommand.class, command, StreamId.of(subject), tenant, subject, by, null),
                    decided -> List.of(row));
            return subject;
        } catch (AlreadyRegistered somebodyElse) {
            return find(tenant, userId).orElseThrow(() -> somebodyElse);
        }
    }
}
