package io.notsock.e2e.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Lines of an alerts file, as many as a test needs. */
final class AlertTexts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private AlertTexts() {}

    /** One stale close that killed a connection; ids, threads and numbers differ from line to line. */
    static ObjectNode line(int i) {
        Instant time = START.plus(7L * i, ChronoUnit.MILLIS);
        ObjectNode alert = JSON.createObjectNode();
        alert.put("schema", "notsock.alert/1").put("time", iso(time)).put("id", "ns-4711-" + i);
        alert.put("incident", "in-" + i).put("kind", "CLOSE_OF_REUSED").put("level", "ERROR");
        alert.put("confidence", "certain").put("culprit", "firstClose");
        long generation = 3 + i / 500 * 2L;
        alert.putObject("handle")
                .put("space", "fd")
                .put("number", 10 + i % 500)
                .put("type", "socket")
                .put("generation", generation);
        alert.put(
                "summary",
                "java.io FileOutputStream closed by \"worker-" + i + "\" killed socket of \"conn-" + i + "\"");
        alert.putObject("consequence")
                .put("code", 9)
                .put("name", "EBADF")
                .put("text", "the next call fails with EBADF (9)");
        party(
                        alert,
                        "rogue",
                        "worker-" + i,
                        time,
                        "java:java.io.FileDescriptor.close",
                        "com.acme.Job" + i % 7 + ".finish(Job.java:18)")
                .put("owner", "java.io.FileOutputStream (java.io.FileDescriptor@" + Integer.toHexString(i) + ")");
        party(
                alert,
                "firstClose",
                "janitor",
                time.minusMillis(4),
                "jna:close",
                "com.acme.Janitor.close(Janitor.java:45)");
        party(
                        alert,
                        "victim",
                        "conn-" + i,
                        time.minusMillis(2),
                        "java:sun.nio.ch.Net.socket",
                        "com.acme.Connection.open(Connection.java:15)")
                .put("owner", "java.nio.channels.SocketChannel")
                .put("detail", "127.0.0.1:52050 -> 127.0.0.1:" + (8080 + i % 3));
        ArrayNode history = alert.putArray("history");
        event(history, "open", generation - 1, "worker-" + i, time.minusMillis(6), "java:java.io.FileCleanable");
        event(history, "close", generation - 1, "janitor", time.minusMillis(4), "jna:close");
        event(history, "open", generation, "conn-" + i, time.minusMillis(2), "java:sun.nio.ch.Net.socket");
        alert.put("advice", "Remove the jna:close in com.acme.Janitor.close(Janitor.java:45).");
        alert.put("fingerprint", "f" + i).put("count", 1);
        alert.putObject("process").put("pid", 4711).put("jdk", "17.0.9").put("main", "com.acme.Main");
        return alert;
    }

    private static ObjectNode party(
            ObjectNode alert, String role, String thread, Instant time, String api, String frame) {
        ObjectNode party = alert.putObject(role)
                .put("role", role)
                .put("thread", thread)
                .put("threadId", 20)
                .put("virtual", false)
                .put("time", iso(time))
                .put("api", api);
        party.putArray("stack")
                .add("java.io.FileDescriptor.close(FileDescriptor.java)")
                .add(frame)
                .add("java.lang.Thread.run(Thread.java:840)");
        return party;
    }

    private static void event(
            ArrayNode history, String what, long generation, String thread, Instant time, String api) {
        history.addObject()
                .put("what", what)
                .put("generation", generation)
                .put("thread", thread)
                .put("time", iso(time))
                .put("api", api);
    }

    private static String iso(Instant time) {
        return ISO.format(time);
    }

    /** A file of so many alerts, all different. */
    static Path file(Path folder, int count) throws IOException {
        Path file = folder.resolve("alerts-" + count + ".jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write(JSON.writeValueAsString(line(i)));
                out.write('\n');
            }
        }
        return file;
    }

    /** One line in which these keys have other values. */
    static String with(int i, Map<String, String> other) throws IOException {
        ObjectNode line = line(i);
        other.forEach(line::put);
        return JSON.writeValueAsString(line) + "\n";
    }
}
