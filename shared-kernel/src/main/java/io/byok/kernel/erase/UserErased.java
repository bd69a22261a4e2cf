package io.byok.kernel.erase;

import io.byok.kernel.Refusal;

/** What everything answers that would add to the history of an end user who is erased, or is just being erased. */
public enum UserErased implements Refusal {
    USER_ERASED;

    @Override
    public Terms terms() {
        return new Terms(
                "user-erased",
                Kind.GONE,
                "The user is erased, or is just being erased.",
                "Nothing can be done with what was theirs. To begin anew under the same user id, repeat in a moment: it"
                        + " names somebody new then.");
    }
}
