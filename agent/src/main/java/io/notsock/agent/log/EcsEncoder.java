package io.notsock.agent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * For a user's Logback configuration: an event as one line of JSON with the field names of the Elastic Common Schema, in
 * the flat form that the ECS logging specification describes. The key-values of an alert become fields of their own.
 */
public final class EcsEncoder extends EncoderBase<ILoggingEvent> {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String ECS_VERSION = "8.11.0";
    private static final byte[] NOTHING = {};

    private String serviceName;

    /** What {@code service.name} says; left out if not set. */
    public void setServiceName(String name) {
        serviceName = name;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringWriter out = new StringWriter(2048);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(json, event);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(JsonGenerator json, ILoggingEvent event) throws IOException {
        json.writeStartObject();
        // The specification wants these three first, for people who look at the file.
        json.writeStringField(
                "@timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        json.writeStringField("log.level", event.getLevel().toString());
        json.writeStringField("message", event.getFormattedMessage());
        json.writeStringField("ecs.version", ECS_VERSION);
        if (serviceName != null) {
            json.writeStringField("service.name", serviceName);
        }
        json.writeStringField("event.dataset", "notsock.alert");
        json.writeStringField("log.logger", event.getLoggerName());
        json.writeStringField("process.thread.name", event.getThreadName());
        List<Marker> markers = event.getMarkerList();
        if (markers != null) {
            json.writeArrayFieldStart("tags");
            for (Marker marker : markers) {
                json.writeString(marker.getName());
            }
            json.writeEndArray();
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                json.writeFieldName(pair.key);
                value(json, pair.value);
            }
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
