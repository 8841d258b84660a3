package io.notsock.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.notsock.alert.Alert;
import io.notsock.alert.AlertKind;
import io.notsock.alert.Party;
import io.notsock.alert.ProcessInfo;
import io.notsock.alert.Suppressions;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.report.KindText;
import io.notsock.snapshot.HandleLife;
import io.notsock.snapshot.Snapshot;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes what the script of the page reads: JSON, texts and stacks by index, times in microseconds since 1970. The page and
 * this class change together; the form is nobody else's.
 */
final class PageData {
    private final ReportData data;
    private final Tables tables = new Tables();
    private JsonGenerator json;

    PageData(ReportData data) {
        this.data = data;
    }

    void write(Writer out) throws IOException {
        try (JsonGenerator generator = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out)) {
            json = generator;
            json.writeStartObject();
            json.writeStringField("origin", data.origin());
            time("made", data.made());
            notes();
            kinds();
            Lanes lanes = new Lanes();
            if (data.snapshot() != null) {
                snapshot(data.snapshot());
                for (HandleLife life : data.lives()) {
                    lanes.add(data.snapshot().process().pid(), life);
                }
            }
            List<Lanes.Place> places = new ArrayList<>(data.alerts().size());
            for (Alert alert : data.alerts()) {
                places.add(lanes.add(alert));
            }
            lanes(lanes.finish());
            json.writeArrayFieldStart("alerts");
            for (int i = 0; i < places.size(); i++) {
                alert(data.alerts().get(i), places.get(i));
            }
            json.writeEndArray();
            tables.write(json);
            json.writeEndObject();
        }
    }

    private void notes() throws IOException {
        json.writeArrayFieldStart("notes");
        for (String note : data.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
    }

    private void kinds() throws IOException {
        json.writeObjectFieldStart("kinds");
        for (AlertKind kind : AlertKind.values()) {
            json.writeArrayFieldStart(kind.name());
            json.writeString(KindText.brief(kind));
            json.writeString(KindText.full(kind));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void snapshot(Snapshot s) throws IOException {
        json.writeObjectFieldStart("snapshot");
        time("time", s.time());
        time("since", s.since());
        json.writeBooleanField("late", s.attachedLate());
        process(s.process());
        json.writeArrayFieldStart("totals");
        for (Space space : Space.values()) {
            if (s.totals().opened(space) > 0) {
                json.writeStartObject();
                json.writeStringField("space", space.label());
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
        json.writeEndArray();
        json.writeObjectFieldStart("occurrences");
        for (Map.Entry<AlertKind, Long> kind : s.alerts().entrySet()) {
            json.writeNumberField(kind.getKey().name(), kind.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("redundant", s.redundantCloses());
        json.writeNumberField("dropped", s.droppedAlerts());
        if (s.coverage() != null) {
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
        string("problems", s.problems());
        json.writeEndObject();
    }

    private void process(ProcessInfo process) throws IOException {
        if (process == null) {
            return;
        }
        json.writeObjectFieldStart("process");
        json.writeNumberField("pid", process.pid());
        string("jdk", process.jdk());
        string("os", process.os());
        string("main", process.main());
        json.writeEndObject();
    }

    /** Lanes as [pid, space, number], lives as one flat row each; the script names the columns. */
    private void lanes(List<Lanes.Lane> lanes) throws IOException {
        json.writeArrayFieldStart("lanes");
        for (Lanes.Lane lane : lanes) {
            json.writeStartArray();
            json.writeNumber(lane.pid);
            json.writeString(lane.space.label());
            json.writeNumber(lane.number);
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("lives");
        for (Lanes.Lane lane : lanes) {
            for (Bar bar : lane.bars.values()) {
                json.writeStartArray();
                json.writeNumber(lane.index);
                json.writeNumber(bar.generation);
                json.writeNumber(tables.text(bar.type));
                json.writeNumber(tables.text(bar.state));
                json.writeNumber(tables.text(bar.owner));
                json.writeNumber(tables.text(bar.detail));
                event(bar.opened);
                event(bar.closed);
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    private void event(Bar.Event event) throws IOException {
        if (event == null) {
            json.writeNumber(0);
            return;
        }
        json.writeStartArray();
        json.writeNumber(micros(event.time));
        json.writeNumber(tables.text(event.thread));
        json.writeNumber(tables.text(event.api));
        json.writeNumber(tables.stack(event.stack));
        json.writeNumber(tables.text(event.what));
        json.writeNumber(tables.text(event.missing));
        json.writeEndArray();
    }

    private void alert(Alert alert, Lanes.Place place) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", String.valueOf(alert.id()));
        json.writeNumberField("incident", tables.text(alert.incident()));
        json.writeStringField("kind", alert.kind().name());
        json.writeStringField("level", alert.level().name());
        json.writeStringField("confidence", alert.confidence().label());
        json.writeStringField("culprit", alert.culprit().label());
        time("time", alert.time());
        json.writeNumberField("lane", place.lane.index);
        json.writeNumberField("generation", alert.handle().generation());
        json.writeNumberField("from", place.from);
        json.writeNumberField("type", tables.text(alert.handle().type().label()));
        json.writeNumberField("summary", tables.text(alert.summary()));
        if (alert.consequence() != null) {
            json.writeNumberField("consequence", tables.text(alert.consequence().text()));
        }
        for (Party party : alert.parties()) {
            party(party);
        }
        json.writeNumberField("advice", tables.text(alert.advice()));
        json.writeNumberField("fingerprint", tables.text(alert.fingerprint()));
        json.writeNumberField("suppress", tables.text(Suppressions.lineFor(alert)));
        json.writeNumberField("count", alert.count());
        process(alert.process());
        json.writeEndObject();
    }

    private void party(Party party) throws IOException {
        json.writeObjectFieldStart(party.role().label());
        json.writeNumberField("time", micros(party.time()));
        json.writeNumberField("thread", tables.text(party.thread()));
        json.writeNumberField("threadId", party.threadId());
        json.writeBooleanField("virtual", party.virtual());
        json.writeNumberField("api", tables.text(party.api()));
        json.writeNumberField("owner", tables.text(party.owner()));
        json.writeNumberField("detail", tables.text(party.detail()));
        json.writeNumberField("stack", tables.stack(party.frames()));
        json.writeNumberField("missing", tables.text(party.stackMissing()));
        json.writeEndObject();
    }

    private void time(String key, Instant value) throws IOException {
        json.writeNumberField(key, micros(value));
    }

    /** Exact in a number of JavaScript until the year 2255; 0 where it is not known or beyond that. */
    private static long micros(Instant value) {
        if (value == null || Math.abs(value.getEpochSecond()) > 9_000_000_000L) {
            return 0;
        }
        return value.getEpochSecond() * 1_000_000 + value.getNano() / 1_000;
    }

    private void string(String key, String value) throws IOException {
        if (value != null) {
            json.writeStringField(key, value);
        }
    }
}
