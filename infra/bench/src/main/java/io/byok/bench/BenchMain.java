package io.byok.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs benchmarks side by side with their peers and prints the ratios. Reaching a goal or not is told, not judged: the
 * exit code is 0 whenever everything was measured.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this product beside its peers in one run")
public final class BenchMain implements Callable<Integer> {

    private interface Bench {
        List<Comparison> run(boolean quick) throws Exception;
    }

    private static final Map<String, Bench> BENCHES = new LinkedHashMap<>(Map.of(
            "seal", SealBench::run,
            "commands", CommandsBench::run,
            "append", AppendBench::run,
            "resolve", ResolveBench::run,
            "visible", VisibleBench::run,
            "audit", AuditBench::run,
            "timing", TimingBench::run));

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "seal, commands, append, resolve, visible, audit, timing; all of them when none is named")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the comparisons as JSON")
    private @Nullable Path json;

    @Option(names = "--quick", description = "Fewer and shorter runs: for a look, not for a figure to quote")
    private boolean quick;

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<String> wanted =
                names.isEmpty() ? BENCHES.keySet().stream().sorted().toList() : names;
        for (String name : wanted) {
            if (!BENCHES.containsKey(name)) {
                throw new ParameterException(command().commandLine(), "there is no benchmark " + name);
            }
        }
        List<Comparison> all = new ArrayList<>();
        for (String name : wanted) {
            List<Comparison> measured =
                    Objects.requireNonNull(BENCHES.get(name)).run(quick);
            measured.forEach(this::print);
            all.addAll(measured);
        }
        write(all);
        return 0;
    }

    private void print(Comparison one) {
        PrintWriter out = command().commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%-18s %12.1f %-11s beside %-24s %12.1f  ratio %6.2f  %s%n",
                one.name(),
                one.ours(),
                one.unit(),
                one.peer(),
                one.theirs(),
                one.ratio(),
                verdict(one));
        out.flush();
    }

    private static String verdict(Comparison one) {
        if (one.goal() == null) {
            return "";
        }
        String goal = (one.better().equals("higher") ? ">= " : "<= ") + one.goal();
        return "goal " + goal + (one.reached() ? ": reached" : ": not reached");
    }

    private void write(List<Comparison> all) throws IOException {
        if (json != null) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            Files.writeString(json, mapper.writeValueAsString(all) + "\n");
        }
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run by picocli only");
        }
        return spec;
    }
}
