package io.notsock.agent.options;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Reads the options from agent argument, system properties, environment and properties file, in this order of
 * precedence. Problems never end the reading: each becomes a line, and the key gets its default.
 *
 * <p>Only the value with the highest precedence is judged. If it is not acceptable the default applies, not the next
 * source's value, so that one bad value has one effect wherever it stands.
 */
public final class OptionsParser {

    /** How the file named by {@code config} is opened. */
    public interface ConfigReader {
        Reader open(String path) throws IOException;
    }

    private static final String[] NAMES_OF_OTHERS = {"required", "api.", "junit.", "wine."};

    private final boolean windows;
    private final ConfigReader configReader;

    // Not EnumMap, whose constructor calls the enum by reflection: that wakes method handles on newer JVMs.
    private final Map<OptionKey, String> texts = new HashMap<>();
    private final Map<OptionKey, Origin> origins = new HashMap<>();

    private String configFile;
    private Problems problems;

    OptionsParser(boolean windows, ConfigReader configReader) {
        this.windows = windows;
        this.configReader = configReader;
    }

    /**
     * Reads all sources; {@code config} is opened as an ordinary file.
     *
     * @param argument what stands behind {@code =} in {@code -javaagent:jar=…}; may be null
     */
    public static Options parse(String argument, Properties properties, Map<String, String> environment) {
        return parse(argument, properties, environment, null);
    }

    /** Reads all sources, with the caller's way to open {@code config}. */
    public static Options parse(
            String argument, Properties properties, Map<String, String> environment, ConfigReader configReader) {
        return new OptionsParser(File.separatorChar == '\\', configReader).read(argument, properties, environment);
    }

    /** To be called once. */
    Options read(String argument, Properties properties, Map<String, String> environment) {
        if (argument != null) {
            readArgument(argument);
        }
        readProperties(properties);
        readEnvironment(environment);
        readConfigFile();
        return evaluate();
    }

    // ---- agent argument: key=value,key="value, with a comma" ----

    private void readArgument(String argument) {
        int at = 0;
        while (at < argument.length()) {
            at = isSpace(argument.charAt(at)) || argument.charAt(at) == ',' ? at + 1 : readItem(argument, at);
        }
    }

    /** Reads one item that starts here; returns where its comma or the end is. */
    private int readItem(String argument, int start) {
        int comma = endOfItem(argument, start);
        int equals = argument.indexOf('=', start);
        if (equals < 0 || equals > comma) {
            problems().noEqualsSign(argument.substring(start, comma).trim());
            return comma;
        }
        String key = argument.substring(start, equals).trim();
        int value = equals + 1;
        while (value < argument.length() && isSpace(argument.charAt(value))) {
            value++;
        }
        if (value < argument.length() && argument.charAt(value) == '"') {
            return readQuoted(key, argument, value);
        }
        giveArgument(key, argument.substring(equals + 1, comma).trim());
        return comma;
    }

    /** Reads a value that opens with a quote here; only {@code \"} is special in it, so that paths stay readable. */
    private int readQuoted(String key, String argument, int open) {
        int close = open + 1;
        while (close < argument.length() && argument.charAt(close) != '"') {
            boolean escape = argument.startsWith("\\\"", close);
            close += escape ? 2 : 1;
        }
        if (close >= argument.length()) {
            problems().quoteNotClosed(key, argument.substring(open));
            giveNothing(key);
            return argument.length();
        }
        int comma = endOfItem(argument, close + 1);
        if (!argument.substring(close + 1, comma).trim().isEmpty()) {
            problems().textAfterQuote(key, argument.substring(open, comma).trim());
            giveNothing(key);
        } else {
            giveArgument(key, unquote(argument.substring(open, close + 1)));
        }
        return comma;
    }

    private static int endOfItem(String argument, int start) {
        int comma = argument.indexOf(',', start);
        return comma < 0 ? argument.length() : comma;
    }

    private static boolean isSpace(char c) {
        return c <= ' ';
    }

    /** The last one wins, as with properties: scripts append what they want to override. */
    private void giveArgument(String name, String value) {
        OptionKey key = OptionKey.of(name);
        if (key == null) {
            problems().unknownKey(name, value, Origin.ARGUMENT, null);
        } else {
            origins.put(key, Origin.ARGUMENT);
            texts.put(key, value);
        }
    }

    /** A value was meant here but could not be read, which is reported already: no other source's value applies. */
    private void giveNothing(String name) {
        OptionKey key = OptionKey.of(name);
        if (key != null) {
            origins.put(key, Origin.ARGUMENT);
            texts.put(key, null);
        }
    }

    // ---- system properties and environment: shared with others, so an unknown name is only looked at closely ----

    private void readProperties(Properties properties) {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(Origin.PROPERTY_PREFIX)) {
                String value = properties.getProperty(name);
                String shortName = name.substring(Origin.PROPERTY_PREFIX.length());
                if (value != null) { // removed meanwhile
                    giveShared(OptionKey.of(shortName), shortName, name, value, Origin.PROPERTY);
                }
            }
        }
    }

    /** An empty variable counts as not set: shells and container files cannot say it otherwise. */
    private void readEnvironment(Map<String, String> environment) {
        int prefix = Origin.VARIABLE_PREFIX.length();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            String value = variable.getValue();
            if (name.regionMatches(true, 0, Origin.VARIABLE_PREFIX, 0, prefix)
                    && !value.trim().isEmpty()) {
                String shortName =
                        name.substring(prefix).toLowerCase(Locale.ROOT).replace('_', '.');
                boolean exact = windows || name.equals(name.toUpperCase(Locale.ROOT));
                giveShared(exact ? OptionKey.of(shortName) : null, shortName, name, value, Origin.ENVIRONMENT);
            }
        }
    }

    private void giveShared(OptionKey key, String shortName, String name, String value, Origin origin) {
        if (key != null) {
            giveIfFree(key, value, origin);
        } else if (!isNameOfOthers(shortName) && KeyDistance.looksLikeMisspelt(shortName)) {
            problems().unknownKey(name, value, origin, null);
        }
    }

    private static boolean isNameOfOthers(String shortName) {
        for (String other : NAMES_OF_OTHERS) {
            if (shortName.startsWith(other)) {
                return true;
            }
        }
        return false;
    }

    private void giveIfFree(OptionKey key, String value, Origin origin) {
        if (!origins.containsKey(key)) {
            origins.put(key, origin);
            texts.put(key, unquote(value.trim()));
        }
    }

    /** Without the quotes around it, and without the backslash before a quote within. */
    private static String unquote(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return value;
        }
        return value.substring(1, value.length() - 1).replace("\\\"", "\"");
    }

    // ---- properties file ----

    private void readConfigFile() {
        String path = (String) parse(OptionKey.CONFIG);
        if (path == null) {
            return; // not asked for, or not a file name, which evaluate() reports
        }
        Properties file;
        try {
            file = ConfigFile.load(path, configReader);
            configFile = path;
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            problems().unreadableConfig(path, origins.get(OptionKey.CONFIG), e);
            return;
        }
        for (String name : file.stringPropertyNames()) {
            OptionKey key = OptionKey.of(name);
            String value = file.getProperty(name);
            if (key == OptionKey.CONFIG) {
                problems().configWithinConfig(value, path);
            } else if (key == null) {
                problems().unknownKey(name, value, Origin.FILE, path);
            } else {
                giveIfFree(key, value, Origin.FILE);
            }
        }
    }

    // ---- values ----

    private Options evaluate() {
        Map<OptionKey, Object> values = new HashMap<>();
        boolean testMode = false;
        for (OptionKey key : OptionKey.all()) {
            Object value = parse(key);
            if (value == null) {
                useDefault(key, testMode);
                value = parse(key);
            }
            values.put(key, value);
            if (value instanceof String) {
                texts.put(key, (String) value); // in canonical spelling
            }
            if (key == OptionKey.MODE) {
                testMode = "test".equals(value);
            }
        }
        return new Options(values, texts, origins, problems == null ? Collections.emptyList() : problems.lines());
    }

    private Object parse(OptionKey key) {
        String text = texts.get(key);
        return text == null ? null : OptionValues.parse(key, text, windows);
    }

    private void useDefault(OptionKey key, boolean testMode) {
        String text = key.defaultText(testMode);
        String refused = texts.put(key, text);
        if (refused != null) {
            problems().badValue(key, refused, origins.get(key), configFile, text);
        }
        boolean preset = text != null && !text.equals(key.defaultText(false));
        origins.put(key, preset ? Origin.PRESET : Origin.DEFAULT);
    }

    private Problems problems() {
        if (problems == null) {
            problems = new Problems();
        }
        return problems;
    }
}
