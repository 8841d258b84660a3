package io.notsock.agent.start;

import io.notsock.agent.options.Options;
import io.notsock.explain.Explainer;
import io.notsock.pipeline.AlertPipeline;
import java.nio.file.Path;

/**
 * The half of the agent that tells people: outputs, pipeline, answers. A program that does nothing wrong and ends soon never
 * has it; {@link Backstage} makes it, on a thread of the agent.
 */
final class Reporting {
    final Outputs outputs;
    final AlertPipeline pipeline;
    final Answers answers;
    /** {@code null} where there is to be none. */
    final ReportFile report;
    /** {@code null} where there is to be none. */
    final Path journal;

    Reporting(Tracking tracking, Explainer explainer) {
        Options options = tracking.options;
        outputs = new Outputs(tracking);
        pipeline = new AlertPipeline(
                tracking.queue,
                tracking.registry,
                tracking.numbers,
                outputs.desk(),
                tracking.clock,
                options.stackDepth(),
                () -> {
                    outputs.tidy();
                    tracking.health.reportLater(outputs);
                    // It opens files, which are to wait where something was found (Backstage).
                    if (tracking.queue.settled()) {
                        tracking.cache.run();
                    }
                    EntryPoint.releaseMemory();
                },
                tracking.leaks);
        pipeline.payFrom(tracking.recorder);
        pipeline.renderToo(explainer);
        answers = new Answers(tracking, outputs, pipeline);
        journal = options.journal() == null ? null : outputs.path("journal", options.journal());
        Path page = options.report() == null ? null : outputs.path("report", options.report());
        report = page == null ? null : new ReportFile(page, outputs, answers);
        if (report != null) {
            answers.reportFile(report);
        }
    }

    /** Whether these options want something of it even where nothing happens. */
    static boolean isAskedForBy(Options options) {
        return options.alerts() != null
                || options.logFile() != null
                || options.logback() != null
                || options.report() != null
                || options.journal() != null
                || options.suppressions() != null
                || options.metrics()
                || options.leaks();
    }
}
