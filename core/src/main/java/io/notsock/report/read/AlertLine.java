package io.notsock.report.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertHandle;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Confidence;
import io.notsock.alert.Consequence;
import io.notsock.alert.Culprit;
import io.notsock.alert.HistoryEvent;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.alert.ProcessInfo;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.report.Times;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Makes an alert of one JSON line. Keys it does not know are passed over: a later notsock may add some to the same schema. */
final class AlertLine {
    private static final String OBJECT = "an object";
    private static final String TEXT = "a text";
    private static final String WHOLE = "a whole number";

    private final JsonFactory factory = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private final Pool pool;

    AlertLine(Pool pool) {
        this.pool = pool;
    }

    /** What takes the value of one key. */
    private interface Field {
        void take(String key, JsonParser json) throws IOException, BadLine;
    }

    /** The facts of an alert while its line is read: the builder wants kind and handle first. */
    private static final class Draft {
        private String schema;
        private Instant time;
        private String id;
        private String incident;
        private AlertKind kind;
        private Level level;
        private Confidence confidence;
        private Culprit culprit = Culprit.UNKNOWN;
        private AlertHandle handle;
        private String summary;
        private Consequence consequence;
        private final List<Party> parties = new ArrayList<>(3);
        private List<HistoryEvent> history = List.of();
        private String advice;
        private String fingerprint;
        private long count = 1;
        private ProcessInfo process;
    }

    Alert parse(byte[] line, int length) throws BadLine {
        Draft d = new Draft();
        try (JsonParser json = factory.createParser(line, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLine("no JSON object; accepted: an alert of the schema " + Alert.SCHEMA + " a line");
            }
            object(json, (key, value) -> field(d, key, value));
            if (json.nextToken() != null) {
                throw new BadLine("more than one JSON value; accepted: one object a line");
            }
        } catch (JsonProcessingException e) {
            throw new BadLine("no JSON (" + firstLine(e.getOriginalMessage()) + ", column "
                    + e.getLocation().getColumnNr() + "); accepted: an alert of the schema " + Alert.SCHEMA
                    + " a line");
        } catch (IOException e) {
            throw new BadLine("no text (" + firstLine(e.getMessage()) + "); accepted: UTF-8");
        }
        return build(d);
    }

    private Alert build(Draft d) throws BadLine {
        schema(d.schema);
        require("time", d.time);
        require("id", d.id);
        require("kind", d.kind);
        require("level", d.level);
        require("confidence", d.confidence);
        require("handle", d.handle);
        pool.add(400);
        Alert.Builder alert = new Alert.Builder(d.kind, d.handle)
                .time(d.time)
                .id(d.id)
                .incident(d.incident == null ? d.id : d.incident)
                .level(d.level)
                .confidence(d.confidence)
                .culprit(d.culprit)
                .summary(d.summary == null ? d.kind.name() : d.summary)
                .consequence(d.consequence)
                .history(d.history)
                .advice(d.advice)
                .fingerprint(d.fingerprint)
                .count(d.count)
                .process(d.process);
        for (Party party : d.parties) {
            alert.party(party);
        }
        return alert.build();
    }

    private static void schema(String schema) throws BadLine {
        if (schema == null) {
            throw new BadLine("no key \"schema\"; accepted: lines of alerts=PATH, schema " + Alert.SCHEMA);
        }
        if (!schema.equals(Alert.SCHEMA)) {
            throw new BadLine("schema", schema, Alert.SCHEMA);
        }
    }

    private static void require(String key, Object value) throws BadLine {
        if (value == null) {
            throw new BadLine("no key \"" + key + "\", which every alert has");
        }
    }

    private void field(Draft d, String key, JsonParser json) throws IOException, BadLine {
        switch (key) {
            case "schema":
                d.schema = text(key, json);
                schema(d.schema); // before anything else of another version is held against the line
                break;
            case "time":
                d.time = time(key, json);
                break;
            case "id":
                d.id = text(key, json);
                break;
            case "incident":
                d.incident = pool.text(text(key, json));
                break;
            case "kind":
                d.kind = constant(key, json, AlertKind.values());
                break;
            case "level":
                d.level = constant(key, json, Level.values());
                break;
            case "confidence":
                d.confidence = confidence(key, json);
                break;
            case "culprit":
                d.culprit = culprit(key, json);
                break;
            case "handle":
                d.handle = handle(json);
                break;
            case "summary":
                d.summary = pool.text(text(key, json));
                break;
            case "consequence":
                d.consequence = consequence(json);
                break;
            case "rogue":
                d.parties.add(party(Party.Role.ROGUE, key, json));
                break;
            case "firstClose":
                d.parties.add(party(Party.Role.FIRST_CLOSE, key, json));
                break;
            case "victim":
                d.parties.add(party(Party.Role.VICTIM, key, json));
                break;
            case "history":
                d.history = history(json);
                break;
            case "advice":
                d.advice = pool.text(text(key, json));
                break;
            case "fingerprint":
                d.fingerprint = pool.text(text(key, json));
                break;
            case "count":
                d.count = whole(key, json);
                if (d.count < 1) {
                    throw new BadLine(key, d.count, "a whole number above 0");
                }
                break;
            case "process":
                d.process = process(json);
                break;
            default:
                json.skipChildren();
                break;
        }
    }

    private static AlertHandle handle(JsonParser json) throws IOException, BadLine {
        Space[] space = new Space[1];
        HandleType[] type = {HandleType.UNKNOWN};
        long[] number = {Long.MIN_VALUE, AlertHandle.NO_GENERATION};
        openObject("handle", json);
        object(json, (key, value) -> {
            switch (key) {
                case "space":
                    space[0] = Space.ofLabel(text("handle.space", value));
                    if (space[0] == null) {
                        throw new BadLine("handle.space", value.getText(), labels(Space.values()));
                    }
                    break;
                case "type":
                    type[0] = HandleType.ofLabel(text("handle.type", value));
                    if (type[0] == null) {
                        throw new BadLine("handle.type", value.getText(), labels(HandleType.values()));
                    }
                    break;
                case "number":
                    number[0] = whole("handle.number", value);
                    break;
                case "generation":
                    number[1] = whole("handle.generation", value);
                    break;
                default:
                    value.skipChildren();
                    break;
            }
        });
        require("handle.space", space[0]);
        require("handle.number", number[0] == Long.MIN_VALUE ? null : number[0]);
        return new AlertHandle(space[0], number[0], type[0], number[1]);
    }

    private Consequence consequence(JsonParser json) throws IOException, BadLine {
        String[] words = new String[2];
        long[] code = new long[1];
        openObject("consequence", json);
        object(json, (key, value) -> {
            switch (key) {
                case "code":
                    code[0] = whole("consequence.code", value);
                    break;
                case "name":
                    words[0] = pool.text(text("consequence.name", value));
                    break;
                case "text":
                    words[1] = pool.text(text("consequence.text", value));
                    break;
                default:
                    value.skipChildren();
                    break;
            }
        });
        return words[1] == null ? null : new Consequence((int) code[0], words[0], words[1]);
    }

    private Party party(Party.Role role, String name, JsonParser json) throws IOException, BadLine {
        Party.Builder party = new Party.Builder(role);
        String[] thread = new String[1];
        long[] id = {-1};
        boolean[] virtual = new boolean[1];
        openObject(name, json);
        object(json, (key, value) -> {
            String place = name + "." + key;
            switch (key) {
                case "thread":
                    thread[0] = pool.text(text(place, value));
                    break;
                case "threadId":
                    id[0] = whole(place, value);
                    break;
                case "virtual":
                    virtual[0] = value.currentToken() == JsonToken.VALUE_TRUE;
                    break;
                case "time":
                    party.time(time(place, value));
                    break;
                case "api":
                    party.api(pool.text(text(place, value)));
                    break;
                case "owner":
                    party.owner(pool.text(text(place, value)));
                    break;
                case "detail":
                    party.detail(pool.text(text(place, value)));
                    break;
                case "stack":
                    party.stack(stack(place, value));
                    break;
                case "stackMissing":
                    party.stackMissing(pool.text(text(place, value)));
                    break;
                default:
                    value.skipChildren();
                    break;
            }
        });
        pool.add(160);
        return (thread[0] == null ? party : party.thread(thread[0], id[0], virtual[0])).build();
    }

    private StackTraceElement[] stack(String place, JsonParser json) throws IOException, BadLine {
        openArray(place, json);
        List<StackTraceElement> frames = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String frame = text(place, json);
            StackTraceElement parsed = pool.frame(frame);
            if (parsed == null) {
                throw new BadLine(place, frame, "class.method(file:line)");
            }
            frames.add(parsed);
        }
        return frames.toArray(new StackTraceElement[0]);
    }

    private List<HistoryEvent> history(JsonParser json) throws IOException, BadLine {
        openArray("history", json);
        List<HistoryEvent> events = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String[] words = new String[5];
            Instant[] time = new Instant[1];
            long[] generation = {AlertHandle.NO_GENERATION};
            openObject("history", json);
            object(json, (key, value) -> {
                String place = "history." + key;
                switch (key) {
                    case "what":
                        words[0] = pool.text(text(place, value));
                        break;
                    case "generation":
                        generation[0] = whole(place, value);
                        break;
                    case "thread":
                        words[1] = pool.text(text(place, value));
                        break;
                    case "time":
                        time[0] = time(place, value);
                        break;
                    case "api":
                        words[2] = pool.text(text(place, value));
                        break;
                    case "owner":
                        words[3] = pool.text(text(place, value));
                        break;
                    case "detail":
                        words[4] = pool.text(text(place, value));
                        break;
                    default:
                        value.skipChildren();
                        break;
                }
            });
            require("history.what", words[0]);
            pool.add(96);
            events.add(new HistoryEvent(words[0], generation[0], words[1], time[0], words[2], words[3], words[4]));
        }
        return events;
    }

    private ProcessInfo process(JsonParser json) throws IOException, BadLine {
        String[] words = new String[3];
        long[] pid = {-1};
        openObject("process", json);
        object(json, (key, value) -> {
            String place = "process." + key;
            switch (key) {
                case "pid":
                    pid[0] = whole(place, value);
                    break;
                case "jdk":
                    words[0] = pool.text(text(place, value));
                    break;
                case "os":
                    words[1] = pool.text(text(place, value));
                    break;
                case "main":
                    words[2] = pool.text(text(place, value));
                    break;
                default:
                    value.skipChildren();
                    break;
            }
        });
        return new ProcessInfo(pid[0], words[0], words[1], words[2]);
    }

    private static void object(JsonParser json, Field field) throws IOException, BadLine {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            field.take(key, json);
        }
    }

    private static void openObject(String key, JsonParser json) throws IOException, BadLine {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new BadLine(key, json.getText(), OBJECT);
        }
    }

    private static void openArray(String key, JsonParser json) throws IOException, BadLine {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new BadLine(key, json.getText(), "an array");
        }
    }

    private static String text(String key, JsonParser json) throws IOException, BadLine {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new BadLine(key, json.getText(), TEXT);
        }
        return json.getText();
    }

    private static long whole(String key, JsonParser json) throws IOException, BadLine {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new BadLine(key, json.getText(), WHOLE);
        }
        return json.getLongValue();
    }

    private static Instant time(String key, JsonParser json) throws IOException, BadLine {
        String text = text(key, json);
        try {
            return Times.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadLine(key, text, "a time as 2026-11-23T10:00:00.500000Z");
        }
    }

    private static <E extends Enum<E>> E constant(String key, JsonParser json, E[] values) throws IOException, BadLine {
        String text = text(key, json);
        StringBuilder names = new StringBuilder();
        for (E value : values) {
            if (value.name().equals(text)) {
                return value;
            }
            names.append(names.length() == 0 ? "" : ", ").append(value.name());
        }
        throw new BadLine(key, text, names.toString());
    }

    private static Confidence confidence(String key, JsonParser json) throws IOException, BadLine {
        String text = text(key, json);
        for (Confidence value : Confidence.values()) {
            if (value.label().equals(text)) {
                return value;
            }
        }
        throw new BadLine(key, text, "confirmed, certain, suspected");
    }

    private static Culprit culprit(String key, JsonParser json) throws IOException, BadLine {
        String text = text(key, json);
        for (Culprit value : Culprit.values()) {
            if (value.label().equals(text)) {
                return value;
            }
        }
        throw new BadLine(key, text, "rogue, firstClose, unknown");
    }

    private static String labels(Space[] spaces) {
        StringBuilder labels = new StringBuilder();
        for (Space space : spaces) {
            labels.append(labels.length() == 0 ? "" : ", ").append(space.label());
        }
        return labels.toString();
    }

    private static String labels(HandleType[] types) {
        StringBuilder labels = new StringBuilder();
        for (HandleType type : types) {
            labels.append(labels.length() == 0 ? "" : ", ").append(type.label());
        }
        return labels.toString();
    }

    private static String firstLine(String message) {
        int end = message == null ? -1 : message.indexOf('\n');
        return end < 0 ? String.valueOf(message) : message.substring(0, end);
    }
}
