package io.byok.e2e;

import io.byok.e2e.ScriptedProvider.Said;
import org.junit.jupiter.api.Test;

/** What docs/validation.md tells people to type works when it is typed. */
class ValidationPageTest {

    @Test
    void the_guides_examples_of_validation_go_as_they_are_written() {
        PlayedProviders.SCRIPT.say(asked -> asked.bearer().contains("-good-")
                ? new Said(200, "{\"object\":\"list\",\"data\":[]}")
                : new Said(401, "{\"error\":{\"code\":\"invalid_api_key\"}}"));
        Page.goesAsItIsWritten("docs/validation.md", PlayedProviders.SERVER);
        PlayedProviders.nothingIsDue();
    }
}
