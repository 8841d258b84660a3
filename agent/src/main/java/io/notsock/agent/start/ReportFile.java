package io.notsock.agent.start;

import io.notsock.agent.live.OnAgentThread;
import io.notsock.report.WholeFile;
import io.notsock.report.html.HtmlReport;
import io.notsock.report.html.ReportData;
import java.io.IOException;
import java.nio.file.Path;

/** The page that {@code report=} asks for, written at exit and whenever somebody asks. Costs nothing before. */
final class ReportFile {
    private final Path path;
    private final Outputs outputs;
    private final Answers answers;

    ReportFile(Path path, Outputs outputs, Answers answers) {
        this.path = path;
        this.outputs = outputs;
        this.answers = answers;
    }

    /** Writes it, by a thread of the agent; what went wrong, or {@code null}. */
    String write() {
        String[] problem = {"there was no time for it"};
        OnAgentThread.call(() -> {
            try {
                ReportData data = answers.live().report();
                new WholeFile(path, outputs.guard()).write(out -> HtmlReport.write(data, out));
                problem[0] = null;
            } catch (IOException | RuntimeException | LinkageError e) {
                problem[0] = e.toString();
            }
            return null;
        });
        return problem[0];
    }

    /** The answer to who asks for it now. */
    String writeNow() {
        String problem = write();
        return problem == null ? "written " + path.toAbsolutePath() + "\n" : "failed " + path + ": " + problem + "\n";
    }

    void writeAtExit() {
        String problem = write();
        if (problem != null) {
            AgentStart.complain("report=" + path + ": cannot be written: " + problem);
        }
    }
}
