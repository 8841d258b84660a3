package io.notsock.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Frames;
import io.notsock.alert.ProcessInfo;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.snapshot.HandleLife;
import io.notsock.snapshot.Moment;
import io.notsock.snapshot.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes open handles and the history of a number as JSON, for scripts; what is absent is left out. */
public final class HandleJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private HandleJson() {}

    /** What writes the inside of a document. */
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** The answer to {@code list --json}. */
    public static String list(Snapshot s) {
        return document(json -> {
            json.writeStringField("schema", "notsock.list/1");
            head(json, s);
            totals(json, s);
            json.writeObjectFieldStart("alerts");
            for (Map.Entry<AlertKind, Long> kind : s.alerts().entrySet()) {
                json.writeNumberField(kind.getKey().name(), kind.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("redundantCloses", s.redundantCloses());
            json.writeNumberField("droppedAlerts", s.droppedAlerts());
            text(json, "alertsFile", s.alertsFile());
            coverage(json, s);
            if (s.problems() != null) {
                json.writeStringField("problems", s.problems());
            }
            json.writeArrayFieldStart("handles");
            for (HandleLife handle : s.handles()) {
                handle(json, handle, s.time());
            }
            json.writeEndArray();
        });
    }

    /** The answer to {@code history NUMBER --json}. */
    public static String history(Snapshot s, long number, List<HandleLife> lives) {
        return document(json -> {
            json.writeStringField("schema", "notsock.history/1");
            head(json, s);
            json.writeNumberField("number", number);
            json.writeArrayFieldStart("lives");
            for (HandleLife life : lives) {
                handle(json, life, s.time());
            }
            json.writeEndArray();
        });
    }

    private static String document(Body body) {
        StringWriter out = new StringWriter(4096);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.append('\n').toString();
    }

    private static void head(JsonGenerator json, Snapshot s) throws IOException {
        ProcessInfo process = s.process();
        json.writeStringField("time", Times.iso(s.time()));
        json.writeStringField("since", Times.iso(s.since()));
        json.writeBooleanField("attachedLate", s.attachedLate());
        json.writeObjectFieldStart("process");
        json.writeNumberField("pid", process.pid());
        text(json, "jdk", process.jdk());
        text(json, "os", process.os());
        text(json, "main", process.main());
        json.writeEndObject();
    }

    private static void totals(JsonGenerator json, Snapshot s) throws IOException {
        json.writeObjectFieldStart("totals");
        for (Space space : Space.values()) {
            if (s.totals().opened(space) > 0) {
                json.writeObjectFieldStart(space.label());
                json.writeNumberField("opened", s.totals().opened(space));
                json.writeNumberField("closed", s.totals().closed(space));
                json.writeObjectFieldStart("open");
                for (Map.Entry<HandleType, Long> type : s.totals().open(space).entrySet()) {
                    json.writeNumberField(type.getKey().label(), type.getValue());
                }
                json.writeEndObject();
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void coverage(JsonGenerator json, Snapshot s) throws IOException {
        if (s.coverage() == null) {
            return;
        }
        json.writeObjectFieldStart("coverage");
        for (Map.Entry<String, Integer> kind : s.coverage().entrySet()) {
            json.writeNumberField(kind.getKey(), kind.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("unclassified");
        for (String handle : s.unclassified()) {
            json.writeString(handle);
        }
        json.writeEndArray();
    }

    private static void handle(JsonGenerator json, HandleLife life, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("space", life.space().label());
        json.writeNumberField("number", life.number());
        json.writeNumberField("generation", life.generation());
        json.writeStringField("type", life.type().label());
        json.writeStringField("state", life.state().label());
        text(json, "owner", life.owner());
        text(json, "detail", life.detail());
        if (life.agentOwned()) {
            json.writeBooleanField("agent", true);
        }
        if (life.opened() != null && life.closed() == null) {
            json.writeNumberField(
                    "ageMillis",
                    Math.max(0, Duration.between(life.opened().time(), now).toMillis()));
        }
        moment(json, "opened", life.opened());
        moment(json, "closed", life.closed());
        json.writeEndObject();
    }

    private static void moment(JsonGenerator json, String name, Moment moment) throws IOException {
        if (moment == null) {
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("what", moment.what());
        json.writeStringField("time", Times.iso(moment.time()));
        if (moment.thread() != null) {
            json.writeStringField("thread", moment.thread());
            json.writeNumberField("threadId", moment.threadId());
            json.writeBooleanField("virtual", moment.virtual());
        }
        text(json, "api", moment.api());
        if (moment.stackMissing() == null) {
            json.writeArrayFieldStart("stack");
            for (StackTraceElement frame : moment.frames()) {
                json.writeString(Frames.text(frame));
            }
            json.writeEndArray();
        } else {
            json.writeStringField("stackMissing", moment.stackMissing());
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String key, String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }
}
