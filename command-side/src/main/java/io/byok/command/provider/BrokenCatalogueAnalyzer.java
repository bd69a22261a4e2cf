package io.byok.command.provider;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A broken file ends the start with its one line instead of a stack trace. */
final class BrokenCatalogueAnalyzer extends AbstractFailureAnalyzer<BrokenCatalogue> {

    @Override
    protected FailureAnalysis analyze(Throwable root, BrokenCatalogue cause) {
        return new FailureAnalysis(cause.line(), "Mend the file, or take it out of byok.providers.dir.", cause);
    }
}
