package io.byok.e2e;

import org.junit.jupiter.api.Test;

/** What docs/fallback.md tells people to type works when it is typed. */
class FallbackPageTest {

    @Test
    void the_guides_examples_of_fallback_go_as_they_are_written() {
        Page.goesAsItIsWritten("docs/fallback.md", SharedServer.SERVER);
    }
}
