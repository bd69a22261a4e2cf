package io.byok.kernel.erase;

import io.byok.kernel.Refusal;

/** What everything answers that would add to the history of an end user who is erased, or is just being erased. */
public enum UserErased implements Refusal {
    USER_ERASED;

    @Override
    public String code() {
        return "user-erased";
    }

    @Override
    public Kind kind() {
        return Kind.GONE;
    }

    @Override
    public String title() {
        return "The user is erased, or is just being erased.";
    }

    @Override
    public String advice() {
        return "Nothing can be done with what was theirs. To begin anew under the same user id, repeat in a moment: it"
                + " names somebody new then.";
    }
}
