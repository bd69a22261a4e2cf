package io.byok.platform.web.http;

import io.byok.platform.web.Caller;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A recognised caller, as the security chain knows it. Holds no credential. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    /** The name of the request's attribute that holds the {@link Caller}. */
    static final String ATTRIBUTE = Caller.class.getName();

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(AuthorityUtils.createAuthorityList(caller.scopes()));
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication same && caller.equals(same.caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
