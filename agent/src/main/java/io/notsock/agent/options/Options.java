package io.notsock.agent.options;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What the user asked for: one typed value for every {@link OptionKey}, and what was wrong with the asking.
 *
 * <p>Immutable. File names are as the user wrote them: relative ones are relative to the working folder, {@code %p} and
 * {@code %t} are not yet replaced. Where a file name is optional, {@code null} means none.
 */
public final class Options {
    private final Map<OptionKey, String> texts;
    private final Map<OptionKey, Origin> origins;
    private final List<String> problems;

    private final boolean testMode;
    private final String alerts;
    private final String log;
    private final boolean logJson;
    private final String logback;
    private final String level;
    private final String report;
    private final int exitCode;
    private final Stacks stacks;
    private final int stackDepth;
    private final int history;
    private final boolean leaks;
    private final long leaksTailMillis;
    private final boolean explain;
    private final boolean explainExecutors;
    private final boolean probe;
    private final long auditMillis;
    private final String suppressions;
    private final List<String> catalog;
    private final String cache;
    private final boolean jmx;
    private final boolean jfr;
    private final String metrics;
    private final boolean exitOnProblem;
    private final String config;
    private final String journal;

    /** Takes what {@link OptionValues} made of each key, the text it came from and where that stood; all become ours. */
    Options(
            Map<OptionKey, Object> values,
            Map<OptionKey, String> texts,
            Map<OptionKey, Origin> origins,
            List<String> problems) {
        this.texts = texts;
        this.origins = origins;
        this.problems = problems;
        testMode = is(values, OptionKey.MODE, "test");
        alerts = string(values, OptionKey.ALERTS);
        log = string(values, OptionKey.LOG);
        logJson = is(values, OptionKey.LOG_FORMAT, "json");
        logback = string(values, OptionKey.LOGBACK);
        level = string(values, OptionKey.LEVEL);
        report = string(values, OptionKey.REPORT);
        exitCode = number(values, OptionKey.EXITCODE);
        stacks = Stacks.ofLabel(string(values, OptionKey.STACKS));
        stackDepth = number(values, OptionKey.STACK_DEPTH);
        history = number(values, OptionKey.HISTORY);
        leaks = is(values, OptionKey.LEAKS, "on");
        leaksTailMillis = millis(values, OptionKey.LEAKS_TAIL);
        explain = is(values, OptionKey.EXPLAIN, "on");
        explainExecutors = is(values, OptionKey.EXPLAIN_EXECUTORS, "on");
        probe = is(values, OptionKey.PROBE, "on");
        auditMillis = millis(values, OptionKey.AUDIT);
        suppressions = string(values, OptionKey.SUPPRESSIONS);
        catalog = strings(values, OptionKey.CATALOG);
        cache = string(values, OptionKey.CACHE);
        jmx = is(values, OptionKey.JMX, "on");
        jfr = is(values, OptionKey.JFR, "on");
        metrics = string(values, OptionKey.METRICS);
        exitOnProblem = is(values, OptionKey.ONERROR, "exit");
        config = string(values, OptionKey.CONFIG);
        journal = string(values, OptionKey.JOURNAL);
    }

    private static boolean is(Map<OptionKey, Object> values, OptionKey key, String word) {
        return word.equals(values.get(key));
    }

    private static String string(Map<OptionKey, Object> values, OptionKey key) {
        return (String) values.get(key);
    }

    private static int number(Map<OptionKey, Object> values, OptionKey key) {
        return (Integer) values.get(key);
    }

    private static long millis(Map<OptionKey, Object> values, OptionKey key) {
        return (Long) values.get(key);
    }

    @SuppressWarnings("unchecked") // what OptionValues makes of FILES
    private static List<String> strings(Map<OptionKey, Object> values, OptionKey key) {
        Object value = values.get(key);
        return value == null ? Collections.emptyList() : (List<String>) value;
    }

    /** What was wrong, a line each, without the leading {@code notsock: }; empty if nothing was. */
    public List<String> problems() {
        return problems;
    }

    /** Whether the JVM is to exit with status 78 if there are {@link #problems()}: {@code onerror=exit}. */
    public boolean exitOnProblem() {
        return exitOnProblem;
    }

    /** The text in effect for this key, for {@code doctor}; {@code null} for none. */
    public String text(OptionKey key) {
        return texts.get(key);
    }

    /** Where {@link #text} stood: {@code default}, {@code mode=test}, {@code agent argument}, … */
    public String origin(OptionKey key) {
        return origins.get(key).describe(key, config);
    }

    /** {@code mode=test}. Its presets are already in the other values. */
    public boolean testMode() {
        return testMode;
    }

    public String alerts() {
        return alerts;
    }

    public boolean logToStderr() {
        return "stderr".equals(log);
    }

    /** {@code log=slf4j}: alerts go to the application's own logging. */
    public boolean logToApplication() {
        return "slf4j".equals(log);
    }

    /** The file of {@code log=file:PATH}, or {@code null}. */
    public String logFile() {
        return log.startsWith("file:") ? log.substring(5) : null;
    }

    public boolean logJson() {
        return logJson;
    }

    public String logback() {
        return logback;
    }

    /** {@code ERROR}, {@code WARN} or {@code INFO}. */
    public String level() {
        return level;
    }

    public String report() {
        return report;
    }

    /** The exit status asked for, 0 for "leave it alone". */
    public int exitCode() {
        return exitCode;
    }

    public Stacks stacks() {
        return stacks;
    }

    public int stackDepth() {
        return stackDepth;
    }

    public int history() {
        return history;
    }

    public boolean leaks() {
        return leaks;
    }

    public long leaksTailMillis() {
        return leaksTailMillis;
    }

    public boolean explain() {
        return explain;
    }

    public boolean explainExecutors() {
        return explainExecutors;
    }

    public boolean probe() {
        return probe;
    }

    /** Time between two audits, 0 for none. */
    public long auditMillis() {
        return auditMillis;
    }

    public String suppressions() {
        return suppressions;
    }

    /** Additional catalog files in the order given; maybe empty. */
    public List<String> catalog() {
        return catalog;
    }

    /** Whether transformed classes may be cached at all. */
    public boolean cache() {
        return !"off".equals(cache);
    }

    /** The folder of {@code cache=PATH}; {@code null} means the user's cache folder, if {@link #cache()}. */
    public String cacheFolder() {
        return cache() ? cache : null;
    }

    public boolean jmx() {
        return jmx;
    }

    public boolean jfr() {
        return jfr;
    }

    public boolean metrics() {
        return !"off".equals(metrics);
    }

    /** The host of {@code metrics=HOST:PORT}, an IPv6 address without its brackets; {@code null} if off. */
    public String metricsHost() {
        if (!metrics()) {
            return null;
        }
        int colon = metrics.lastIndexOf(':');
        return metrics.charAt(0) == '[' ? metrics.substring(1, colon - 1) : metrics.substring(0, colon);
    }

    /** The port of {@code metrics=HOST:PORT}, 0 for any; -1 if off. */
    public int metricsPort() {
        return metrics() ? Integer.parseInt(metrics.substring(metrics.lastIndexOf(':') + 1)) : -1;
    }

    public String config() {
        return config;
    }

    public String journal() {
        return journal;
    }
}
