package org.seenby.bench;

import java.util.Collection;
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
            System.out.printf("%-16s %8.3f µs ± %.3f%n", name.substring(name.lastIndexOf('.') + 1),
                    result.getPrimaryResult().getScore(), result.getPrimaryResult().getScoreError());
        }
    }
}
