package io.notsock.report.ci;

import java.io.IOException;
import java.io.Writer;

/** The formats that continuous integration reads. */
public enum CiFormat {
    /** SARIF 2.1.0, which code scanning takes. */
    SARIF {
        @Override
        public void write(CiReport report, Writer out) throws IOException {
            new SarifFormat(report).write(out);
        }
    },
    /** JUnit XML: one test case an alert. */
    JUNIT {
        @Override
        public void write(CiReport report, Writer out) throws IOException {
            new JunitFormat(report, out).write();
        }
    },
    /** Workflow commands that GitHub Actions shows at the line of the source. */
    GITHUB {
        @Override
        public void write(CiReport report, Writer out) throws IOException {
            new GithubFormat(report, out).write();
        }
    },
    /** A short summary, for a job's page or a comment. */
    MARKDOWN {
        @Override
        public void write(CiReport report, Writer out) throws IOException {
            new MarkdownFormat(report, out).write();
        }
    };

    /** Writes the whole report; flushes, and does not close. */
    public abstract void write(CiReport report, Writer out) throws IOException;
}
