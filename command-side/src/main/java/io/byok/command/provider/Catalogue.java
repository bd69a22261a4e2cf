package io.byok.command.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Every known provider, by id. Read once at start and then immutable; if any file is broken there is no catalogue and
 * no start ({@link BrokenCatalogue}). A file of the operator's directory adds a provider or replaces the whole entry
 * of the same id.
 */
public final class Catalogue {

    private static final String COMMON = "providers/common/answers.yaml";

    private final Map<String, Provider> providers;
    private final List<AnswerRule> commonAnswers;
    private final Detection detection;

    private Catalogue(Map<String, Provider> providers, List<AnswerRule> commonAnswers) {
        this.providers = providers;
        this.commonAnswers = commonAnswers;
        this.detection = new Detection(List.copyOf(providers.values()));
    }

    /**
     * Reads what is shipped, then the operator's directory.
     *
     * @param operators absent for none; its files end in {@code .yaml} and are named after their id
     */
    public static Catalogue load(@Nullable Path operators) {
        PathMatchingResourcePatternResolver shipped = new PathMatchingResourcePatternResolver();
        Map<String, Provider> providers = new TreeMap<>();
        try {
            for (Resource resource : shipped.getResources("classpath:/providers/*.yaml")) {
                String name = String.valueOf(resource.getFilename());
                add(providers, "providers/" + name, name, text(resource));
            }
            for (Path file : operators == null ? List.<Path>of() : OperatorsFiles.in(operators)) {
                String name = String.valueOf(file.getFileName());
                add(providers, file.toString(), name, OperatorsFiles.text(file));
            }
            String common = text(shipped.getResource("classpath:/" + COMMON));
            return new Catalogue(providers, CatalogueReader.commonAnswers(COMMON, common));
        } catch (IOException e) {
            throw new UncheckedIOException("provider catalogue: " + e.getMessage(), e);
        }
    }

    private static void add(Map<String, Provider> providers, String file, String name, String text) {
        Provider provider = CatalogueReader.provider(file, text);
        if (!name.equals(provider.id() + ".yaml")) {
            throw new BrokenCatalogue(file, "line 1 (id)", "is \"" + provider.id() + "\", and the file's name differs");
        }
        providers.put(provider.id(), provider);
    }

    private static String text(Resource resource) throws IOException {
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Sorted by id. */
    public Collection<Provider> all() {
        return List.copyOf(providers.values());
    }

    public Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /** How the answers to a form's probe are read: the probe's rules, the provider's, then the common ones. */
    public ProbeReading reading(Provider provider, CredentialForm form) {
        List<AnswerRule> rules = new ArrayList<>(form.probe().answers());
        rules.addAll(provider.answers());
        rules.addAll(commonAnswers);
        return new ProbeReading(rules, form.probe().tells());
    }

    /** Recognises pasted keys. */
    public Detection detection() {
        return detection;
    }
}
