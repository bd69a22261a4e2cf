package io.byok.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

    private final Map<String, Bench> benches = new TreeMap<>();

    private BenchMain() {
        benches.put("seal", SealBench::run);
        benches.put("commands", CommandsBench::run);
        benches.put("append", AppendBench::run);
        benches.put("resolve", ResolveBench::run);
        benches.put("visible", VisibleBench::run);
        benches.put("pipeline", quick -> PipelineBench.run(quick, this.events));
        benches.put("replay", quick -> ReplayBench.run(quick, this.events));
        benches.put("audit", AuditBench::run);
        benches.put("noisy", NoisyBench::run);
        benches.put("wall", WallBench::run);
        benches.put("timing", TimingBench::run);
    }

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description =
                    "seal, commands, append, resolve, visible, pipeline, replay, audit, noisy, wall, timing; all of them when none is named")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the comparisons as JSON")
    private @Nullable Path json;

    @Option(names = "--quick", description = "Fewer and shorter runs: for a look, not for a figure to quote")
    private boolean quick;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "How long the longest history of replay and a run of pipeline are, 1,000 to 10,000,000")
    private @Nullable Long events;

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<String> wanted = names.isEmpty() ? List.copyOf(benches.keySet()) : names;
        for (String name : wanted) {
            if (!benches.containsKey(name)) {
                throw new ParameterException(command().commandLine(), "there is no benchmark " + name);
            }
        }
        if (events != null && (events < 1_000 || events > 10_000_000)) {
            throw new ParameterException(command().commandLine(), "--events takes 1000 to 10000000");
        }
        List<Comparison> all = new ArrayList<>();
        for (String name : wanted) {
            List<Comparison> measured =
                    Objects.requireNonNull(benches.get(name)).run(quick);
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
                "%-18s %12.1f %-11s %-21s beside %-24s %12.1f %-21s ratio %6.2f  %s%n",
                one.name(),
                one.ours(),
                one.unit(),
                span(one.span(0)),
                one.peer(),
                one.theirs(),
                span(one.span(1)),
                one.ratio(),
                verdict(one));
        out.flush();
    }

    private static String span(DoubleSummaryStatistics runs) {
        return String.format(Locale.ROOT, "(%.1f-%.1f)", runs.getMin(), runs.getMax());
    }

    private static String verdict(Comparison one) {
        String sign = one.better().equals("higher") ? ">= " : "<= ";
        StringBuilder said = new StringBuilder();
        if (one.goal() != null) {
            said.append("goal ").append(sign).append(one.goal()).append(one.reached() ? ": reached" : ": not reached");
        }
        if (one.limit() != null) {
            said.append(said.isEmpty() ? "" : ", ")
                    .append("limit ")
                    .append(sign)
                    .append(one.limit());
            said.append(' ').append(one.unit()).append(one.kept() ? ": kept" : ": not kept");
        }
        return said.toString();
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
