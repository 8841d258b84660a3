package io.notsock.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertHandle;
import io.notsock.alert.Consequence;
import io.notsock.alert.HistoryEvent;
import io.notsock.alert.Party;
import io.notsock.alert.ProcessInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Writes an alert as one line of JSON, with the keys in the order of the schema; what is absent is left out. */
public final class JsonFormat {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonFormat() {}

    /** The line, without its newline. */
    public static String line(Alert alert) {
        // Into characters, not bytes: half a surrogate pair in a thread name must not cost the whole alert.
        StringWriter out = new StringWriter(2048);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(json, alert);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, Alert alert) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", Alert.SCHEMA);
        time(json, alert.time());
        text(json, "id", alert.id());
        text(json, "incident", alert.incident());
        json.writeStringField("kind", alert.kind().name());
        json.writeStringField("level", alert.level().name());
        json.writeStringField("confidence", alert.confidence().label());
        json.writeStringField("culprit", alert.culprit().label());
        handle(json, alert.handle());
        text(json, "summary", alert.summary());
        consequence(json, alert.consequence());
        for (Party party : alert.parties()) {
            party(json, party);
        }
        history(json, alert.history());
        text(json, "advice", alert.advice());
        text(json, "fingerprint", alert.fingerprint());
        json.writeNumberField("count", alert.count());
        process(json, alert.process());
        json.writeEndObject();
    }

    private static void handle(JsonGenerator json, AlertHandle handle) throws IOException {
        json.writeObjectFieldStart("handle");
        json.writeStringField("space", handle.space().label());
        json.writeNumberField("number", handle.number());
        json.writeStringField("type", handle.type().label());
        if (handle.hasGeneration()) {
            json.writeNumberField("generation", handle.generation());
        }
        json.writeEndObject();
    }

    private static void consequence(JsonGenerator json, Consequence consequence) throws IOException {
        if (consequence == null) {
            return;
        }
        json.writeObjectFieldStart("consequence");
        if (consequence.code() != 0) {
            json.writeNumberField("code", consequence.code());
        }
        text(json, "name", consequence.name());
        json.writeStringField("text", consequence.text());
        json.writeEndObject();
    }

    private static void party(JsonGenerator json, Party party) throws IOException {
        json.writeObjectFieldStart(party.role().label());
        json.writeStringField("role", party.role().label());
        if (party.thread() != null) {
            json.writeStringField("thread", party.thread());
            json.writeNumberField("threadId", party.threadId());
            json.writeBooleanField("virtual", party.virtual());
        }
        time(json, party.time());
        text(json, "api", party.api());
        text(json, "owner", party.owner());
        text(json, "detail", party.detail());
        List<String> stack = party.stack();
        if (stack != null) {
            json.writeArrayFieldStart("stack");
            for (String frame : stack) {
                json.writeString(frame);
            }
            json.writeEndArray();
        }
        text(json, "stackMissing", party.stackMissing());
        json.writeEndObject();
    }

    private static void history(JsonGenerator json, List<HistoryEvent> history) throws IOException {
        if (history.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("history");
        for (HistoryEvent event : history) {
            json.writeStartObject();
            json.writeStringField("what", event.what());
            if (event.generation() >= 0) {
                json.writeNumberField("generation", event.generation());
            }
            text(json, "thread", event.thread());
            time(json, event.time());
            text(json, "api", event.api());
            text(json, "owner", event.owner());
            text(json, "detail", event.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void process(JsonGenerator json, ProcessInfo process) throws IOException {
        if (process == null) {
            return;
        }
        json.writeObjectFieldStart("process");
        json.writeNumberField("pid", process.pid());
        text(json, "jdk", process.jdk());
        text(json, "os", process.os());
        text(json, "main", process.main());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String key, String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }

    private static void time(JsonGenerator json, Instant value) throws IOException {
        if (value != null) {
            json.writeStringField("time", Times.iso(value));
        }
    }
}
