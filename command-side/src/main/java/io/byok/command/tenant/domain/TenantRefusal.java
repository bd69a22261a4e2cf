package io.byok.command.tenant.domain;

import io.byok.kernel.Refusal;

/** Why a command on a tenant is refused. */
public enum TenantRefusal implements Refusal {
    NAME_TAKEN;

    @Override
    public String code() {
        return "tenant-name-taken";
    }

    @Override
    public Kind kind() {
        return Kind.CONFLICT;
    }

    @Override
    public String title() {
        return "A tenant has this name.";
    }

    @Override
    public String advice() {
        return "Choose another name.";
    }
}
