package io.notsock.e2e.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a file of {@code alerts=}: the last line of each id, which is the one that counts. Redundant closes, which {@code level=INFO} tells
 * of, are no matter of a scenario: the JDK closes some of its streams twice by itself.
 */
final class AlertLines {
    private AlertLines() {}

    /** One alert. */
    record Line(Map<String, Object> json) {
        String text(String key) {
            return (String) json.get(key);
        }

        /** Level, kind, confidence and culprit, as a table of expectations writes them. */
        String verdict() {
            return text("level") + " " + text("kind") + " " + text("confidence") + " " + text("culprit");
        }

        long count() {
            return (Long) json.get("count");
        }

        long number() {
            return (Long) map("handle").get("number");
        }

        boolean has(String party) {
            return json.containsKey(party);
        }

        String thread(String party) {
            return (String) map(party).get("thread");
        }

        String of(String party, String key) {
            return (String) map(party).get(key);
        }

        /** The party's frames, one string. */
        String stack(String party) {
            return String.valueOf(map(party).get("stack"));
        }

        /** Whether any party's thread or stack names this. */
        boolean mentions(String name) {
            return json.toString().contains(name);
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> map(String key) {
            return (Map<String, Object>) json.getOrDefault(key, Map.of());
        }
    }

    static List<Line> read(Path file) {
        Map<String, Line> last = new LinkedHashMap<>();
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            for (String text : Files.readAllLines(file)) {
                Line line = new Line(parse(text));
                if (!line.text("kind").equals("REDUNDANT_CLOSE")) {
                    last.put(line.text("id"), line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(last.values());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parse(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            return (Map<String, Object>) value(parser);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                map.put(key, value(parser));
            }
            return map;
        } else if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        return token.isBoolean() ? (Object) parser.getBooleanValue() : parser.getText();
    }
}
