package io.notsock.report.ci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Frames;
import io.notsock.alert.Level;
import io.notsock.alert.Party;
import io.notsock.alert.Suppressions;
import io.notsock.report.KindText;
import io.notsock.report.Printable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes SARIF 2.1.0. Every result has a location, without which code scanning refuses the whole file: a line of the sources,
 * or where no frame of the application is known the alerts file itself.
 */
final class SarifFormat {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "SRCROOT";

    private final CiReport report;
    private JsonGenerator json;

    SarifFormat(CiReport report) {
        this.report = report;
    }

    void write(Writer out) throws IOException {
        try (JsonGenerator generator = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out)) {
            json = generator;
            json.writeStartObject();
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            tool();
            invocation();
            json.writeObjectFieldStart("originalUriBaseIds");
            json.writeObjectFieldStart(ROOT);
            message("description", "The root of the sources: where the report was made.");
            json.writeEndObject();
            json.writeEndObject();
            json.writeStringField("columnKind", "utf16CodeUnits");
            json.writeArrayFieldStart("results");
            for (Alert alert : report.alerts()) {
                result(alert);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void tool() throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "notsock");
        json.writeArrayFieldStart("rules");
        for (AlertKind kind : AlertKind.values()) {
            json.writeStartObject();
            json.writeStringField("id", kind.name());
            message("shortDescription", KindText.brief(kind) + ".");
            message("fullDescription", KindText.full(kind));
            message("help", KindText.full(kind));
            json.writeObjectFieldStart("defaultConfiguration");
            json.writeStringField("level", level(kind.defaultLevel()));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Says what is not among the results, so that silence does not look like health. */
    private void invocation() throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        List<String> missing = report.missing();
        json.writeBooleanField("executionSuccessful", missing.isEmpty());
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (String sentence : missing) {
            json.writeStartObject();
            json.writeStringField("level", "warning");
            message("message", sentence + ".");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void result(Alert alert) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", alert.kind().name());
        json.writeNumberField("ruleIndex", alert.kind().ordinal());
        json.writeStringField("level", level(alert.level()));
        message("message", Printable.of(alert.handle().toString()) + ": " + Words.body(alert));
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        SourceLine line = report.sources().of(alert);
        if (line != null) {
            physical(line);
        } else {
            physical(new SourceLine(fileName(report.origin()), 0, true));
        }
        json.writeEndObject();
        json.writeEndArray();
        related(alert);
        stacks(alert);
        if (alert.fingerprint() != null) {
            json.writeObjectFieldStart("partialFingerprints");
            json.writeStringField("notsock/v1", alert.fingerprint());
            json.writeEndObject();
        }
        json.writeNumberField("occurrenceCount", alert.count());
        json.writeObjectFieldStart("properties");
        json.writeStringField("id", alert.id());
        json.writeStringField("incident", alert.incident());
        json.writeStringField("confidence", alert.confidence().label());
        json.writeStringField("culprit", alert.culprit().label());
        json.writeStringField("suppressWith", Suppressions.lineFor(alert));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void related(Alert alert) throws IOException {
        json.writeArrayFieldStart("relatedLocations");
        int id = 0;
        for (Party party : alert.parties()) {
            SourceLine line = report.sources().of(party);
            if (line != null) {
                json.writeStartObject();
                json.writeNumberField("id", id++);
                physical(line);
                message("message", Words.party(alert, party));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void stacks(Alert alert) throws IOException {
        json.writeArrayFieldStart("stacks");
        for (Party party : alert.parties()) {
            if (!party.frames().isEmpty()) {
                json.writeStartObject();
                message("message", Words.party(alert, party));
                json.writeArrayFieldStart("frames");
                for (StackTraceElement frame : party.frames()) {
                    json.writeStartObject();
                    json.writeObjectFieldStart("location");
                    if (Frames.origin(frame) == Frames.Origin.APPLICATION) {
                        physical(report.sources().of(frame));
                    }
                    json.writeArrayFieldStart("logicalLocations");
                    json.writeStartObject();
                    json.writeStringField(
                            "fullyQualifiedName", Printable.of(frame.getClassName() + "." + frame.getMethodName()));
                    json.writeStringField("kind", "function");
                    json.writeEndObject();
                    json.writeEndArray();
                    message("message", Printable.of(Frames.text(frame)));
                    json.writeEndObject();
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void physical(SourceLine line) throws IOException {
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        String uri = line.uri();
        json.writeStringField("uri", uri.startsWith("/") ? "file://" + uri : uri);
        if (!uri.startsWith("/")) {
            json.writeStringField("uriBaseId", ROOT);
        }
        json.writeEndObject();
        if (line.line() > 0) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", line.line());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void message(String key, String text) throws IOException {
        json.writeObjectFieldStart(key);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private static String fileName(String origin) {
        String name = origin.substring(Math.max(origin.lastIndexOf('/'), origin.lastIndexOf('\\')) + 1);
        return name.isEmpty() ? "alerts" : name;
    }

    private static String level(Level level) {
        switch (level) {
            case ERROR:
                return "error";
            case WARN:
                return "warning";
            default:
                return "note";
        }
    }
}
