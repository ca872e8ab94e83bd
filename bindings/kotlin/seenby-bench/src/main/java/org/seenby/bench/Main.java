package org.seenby.bench;

import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks, and prints a line for each. Arguments: JMH's. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .include(Crossing.class.getSimpleName())
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend("-Djna.library.path=" + System.getProperty("jna.library.path"))
                .build()).run();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            // The best iteration is what it costs; the mean has what else the machine did.
            double cpu = Double.MAX_VALUE;
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    Map<String, Result> paid = iteration.getSecondaryResults();
                    cpu = Math.min(cpu, paid.get("cpuNs").getScore() / paid.get("done").getScore() / 1000);
                }
            }
            System.out.printf("%-24s %8.3f µs of this thread, %8.3f µs by the clock, %8.3f ± %.3f on average%n",
                    name.substring(name.lastIndexOf('.') + 1), cpu, result.getPrimaryResult().getStatistics().getMin(),
                    result.getPrimaryResult().getScore(), result.getPrimaryResult().getScoreError());
        }
    }
}
