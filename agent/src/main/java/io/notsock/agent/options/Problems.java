package io.notsock.agent.options;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Words what is wrong with the options: one line each, which names key, value, place and what to write instead. */
final class Problems {
    private static final int LONGEST_VALUE = 200;

    private final List<String> lines = new ArrayList<>();

    void badValue(OptionKey key, String value, Origin origin, String configFile, String defaultText) {
        String inEffect = defaultText == null ? key.defaultInWords() : defaultText;
        add(
                key.key(),
                value,
                origin.describe(key, configFile),
                "accepted: ",
                key.accepted(),
                "; in effect: ",
                inEffect);
    }

    void unknownKey(String name, String value, Origin origin, String configFile) {
        OptionKey nearest = KeyDistance.nearest(shortName(name, origin));
        add(
                name,
                value,
                origin.describe(configFile),
                "unknown key, ignored; the nearest is ",
                origin.spell(nearest),
                " (",
                nearest.accepted(),
                ")");
    }

    void noEqualsSign(String item) {
        OptionKey nearest = KeyDistance.nearest(item);
        lines.add(line(
                oneLine(item),
                " (agent argument): no '=', ignored; write key=value,key=value and quote a value that contains a"
                        + " comma:",
                " key=\"a,b\"; the nearest key is ",
                nearest.key(),
                " (",
                nearest.accepted(),
                ")"));
    }

    void quoteNotClosed(String key, String value) {
        add(
                key,
                value,
                "agent argument",
                "the quote is not closed; ignored up to the end (\\\" within quotes is a quote)");
    }

    void textAfterQuote(String key, String value) {
        add(key, value, "agent argument", "text after the closing quote; ignored (\\\" within quotes is a quote)");
    }

    void unreadableConfig(String path, Origin origin, Exception why) {
        String advice = "; file ignored";
        if (why instanceof IllegalArgumentException) {
            advice = " (in a properties file a backslash is written twice); file ignored";
        } else if (why instanceof CharacterCodingException) {
            advice = " (it must be UTF-8); file ignored";
        }
        add(
                "config",
                path,
                origin.describe(OptionKey.CONFIG, null),
                "cannot be read: ",
                oneLine(why.toString()),
                advice);
    }

    void configWithinConfig(String value, String configFile) {
        add("config", value, Origin.FILE.describe(configFile), "not accepted within a configuration file, ignored");
    }

    List<String> lines() {
        return Collections.unmodifiableList(lines);
    }

    private void add(String name, String value, String place, String... what) {
        lines.add(line(oneLine(name), "=", oneLine(value), " (", oneLine(place), "): ", line(what)));
    }

    private static String shortName(String name, Origin origin) {
        int prefix = origin == Origin.PROPERTY || origin == Origin.ENVIRONMENT ? Origin.PROPERTY_PREFIX.length() : 0;
        return name.substring(prefix);
    }

    private static String line(String... parts) {
        StringBuilder line = new StringBuilder();
        for (String part : parts) {
            line.append(part);
        }
        return line.toString();
    }

    /** The text with what would break the line made visible, and cut where nobody reads on. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST_VALUE; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append("\\u")
                        .append(hex(c >> 12))
                        .append(hex(c >> 8))
                        .append(hex(c >> 4))
                        .append(hex(c));
            } else {
                line.append(c);
            }
        }
        return text.length() > LONGEST_VALUE ? line.append("...").toString() : line.toString();
    }

    private static char hex(int nibble) {
        return Character.forDigit(nibble & 0xf, 16);
    }
}
