package io.notsock.agent.options;

import static io.notsock.agent.options.OptionKey.Kind.ADDRESS_OR_OFF;
import static io.notsock.agent.options.OptionKey.Kind.CHOICE;
import static io.notsock.agent.options.OptionKey.Kind.DURATION;
import static io.notsock.agent.options.OptionKey.Kind.DURATION_OR_OFF;
import static io.notsock.agent.options.OptionKey.Kind.FILE;
import static io.notsock.agent.options.OptionKey.Kind.FILES;
import static io.notsock.agent.options.OptionKey.Kind.FILE_OR_OFF;
import static io.notsock.agent.options.OptionKey.Kind.LOG_TARGET;
import static io.notsock.agent.options.OptionKey.Kind.NUMBER;

/**
 * The option table: one row a key. Parser, error messages, {@code doctor} and {@code docs/options.md} all read it.
 *
 * <p>{@code MODE} stays first, because its value decides the defaults of the others.
 */
public enum OptionKey {
    MODE("mode", CHOICE, "production", "production, test", "preset; `test` means `stacks=all` and `leaks=on`"),
    ALERTS("alerts", FILE, null, "a file name", "alerts as JSON lines"),
    LOG(
            "log",
            LOG_TARGET,
            "stderr",
            "stderr, off, file:PATH, slf4j",
            "alerts as text through the agent's own Logback; `slf4j`: through the application's SLF4J"),
    LOG_FORMAT("log.format", CHOICE, "text", "text, json", "format of that log"),
    LOGBACK("logback", FILE, null, "a file name", "your own Logback configuration for the agent"),
    LEVEL("level", CHOICE, "WARN", "ERROR, WARN, INFO", "lowest level that is alerted"),
    REPORT("report", FILE, null, "a file name", "self-contained HTML report, at exit and on demand"),
    EXITCODE(
            "exitcode",
            NUMBER,
            "0",
            "0..255",
            "the JVM's exit status if an ERROR alert occurred and it would end with 0; 0 leaves it alone"),
    STACKS(
            "stacks",
            CHOICE,
            "auto",
            "all",
            "auto, all, off",
            "stacks of opens and closes: `auto` within 0.2 % of one core, samples beyond"),
    STACK_DEPTH("stack.depth", NUMBER, "32", "1..256", "frames kept of a stack"),
    HISTORY("history", NUMBER, "4", "1..64", "past lives kept per number"),
    LEAKS("leaks", CHOICE, "off", "on", "off, on", "alert on handles whose owner is gone, or open at exit"),
    LEAKS_TAIL(
            "leaks.tail",
            DURATION,
            "5s",
            "a duration (5s, 100ms, 2m, 1h)",
            "handles younger than this at exit are no leaks"),
    EXPLAIN("explain", CHOICE, "on", "on, off", "attach the handle's history to the application's exceptions"),
    EXPLAIN_EXECUTORS("explain.executors", CHOICE, "off", "off, on", "who shut down the executor"),
    PROBE("probe", CHOICE, "on", "on, off", "ask the OS on suspicion"),
    AUDIT(
            "audit",
            DURATION_OR_OFF,
            "30s",
            "off, or a duration above zero (30s, 100ms, 2m, 1h)",
            "how often what is behind open numbers is checked in the background"),
    SUPPRESSIONS("suppressions", FILE, null, "a file name", "what not to report, `KIND:pattern` a line"),
    CATALOG("catalog", FILES, null, "file names, joined by the system's path separator", "more handle APIs"),
    CACHE("cache", FILE_OR_OFF, null, "off, or a folder", "where transformed classes are kept"),
    JMX("jmx", CHOICE, "on", "on, off", "MBean `io.notsock:type=HandleRegistry`, once the JVM initialises JMX"),
    JFR("jfr", CHOICE, "on", "on, off", "events `io.notsock.*`, once the JVM initialises JFR"),
    METRICS(
            "metrics",
            ADDRESS_OR_OFF,
            "off",
            "off, or HOST:PORT (localhost:9404, [::1]:9404)",
            "Prometheus text and the live page"),
    ONERROR(
            "onerror",
            CHOICE,
            "continue",
            "continue, exit",
            "on a problem with an option: go on with the default, or exit with status 78; loaded into a running program: not start"),
    CONFIG("config", FILE, null, "a file name", "properties file (UTF-8) with any of the other keys"),
    JOURNAL(
            "journal",
            FILE,
            null,
            "a file name",
            "every open and close of the run, written at exit; for support and tests");

    /** How a value is read; {@link OptionValues} says what each becomes. */
    enum Kind {
        CHOICE,
        NUMBER,
        DURATION,
        DURATION_OR_OFF,
        FILE,
        FILE_OR_OFF,
        FILES,
        LOG_TARGET,
        ADDRESS_OR_OFF
    }

    private static final OptionKey[] ALL = values();

    private final String key;
    private final Kind kind;
    private final String productionDefault;
    private final String testDefault;
    private final String accepted;
    private final String meaning;

    OptionKey(String key, Kind kind, String defaultText, String accepted, String meaning) {
        this(key, kind, defaultText, defaultText, accepted, meaning);
    }

    OptionKey(String key, Kind kind, String productionDefault, String testDefault, String accepted, String meaning) {
        this.key = key;
        this.kind = kind;
        this.productionDefault = productionDefault;
        this.testDefault = testDefault;
        this.accepted = accepted;
        this.meaning = meaning;
    }

    /** The key as the user writes it: {@code stack.depth}. */
    public String key() {
        return key;
    }

    /** What the user may give. For a choice the words themselves, for a number its range: both are read from here. */
    public String accepted() {
        return accepted;
    }

    /** What the option does, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The default in words, also where there is none. */
    public String defaultInWords() {
        if (productionDefault != null) {
            return productionDefault;
        }
        return this == CACHE ? "the user's cache folder" : "none";
    }

    Kind kind() {
        return kind;
    }

    /** What holds if the user says nothing, or nothing acceptable; {@code null} for none. */
    String defaultText(boolean testMode) {
        return testMode ? testDefault : productionDefault;
    }

    /** The row of this key, or {@code null}. */
    static OptionKey of(String key) {
        for (OptionKey row : ALL) {
            if (row.key.equals(key)) {
                return row;
            }
        }
        return null;
    }

    /** All rows without the copy that {@link #values()} makes; not to be written to. */
    static OptionKey[] all() {
        return ALL;
    }
}
