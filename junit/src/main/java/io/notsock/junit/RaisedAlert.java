package io.notsock.junit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An alert as the agent gives it out. */
final class RaisedAlert {
    private static final String END_OF_FIELD = "\u001f";
    private static final String END_OF_ALERT = "\u001e";
    private static final int FIELDS = 7;

    private final String[] fields;

    private RaisedAlert(String[] fields) {
        this.fields = fields;
    }

    static List<RaisedAlert> read(String answer) {
        if (answer == null || answer.isEmpty()) {
            return List.of();
        }
        List<RaisedAlert> alerts = new ArrayList<>();
        for (String record : answer.split(END_OF_ALERT, 0)) {
            String[] fields = record.split(END_OF_FIELD, -1);
            if (fields.length < FIELDS) {
                throw new IllegalStateException("the agent is another version than notsock-junit: " + record);
            }
            alerts.add(new RaisedAlert(fields));
        }
        return alerts;
    }

    /** The words in which {@link Scopes#contextOf} said where it was raised; empty where it was not asked. */
    List<String> context() {
        return fields[0].isEmpty() ? List.of() : Arrays.asList(fields[0].split(" ", 0));
    }

    boolean isLeak() {
        return fields[2].equals("LEAK");
    }

    /** Of a leak: id of the thread and time of each opening, as far as they are told. */
    List<long[]> openings() {
        List<long[]> openings = new ArrayList<>();
        for (String word : context()) {
            int at = word.indexOf('@');
            if (at > 0) {
                openings.add(
                        new long[] {Long.parseLong(word.substring(0, at)), Long.parseLong(word.substring(at + 1))});
            }
        }
        return openings;
    }

    boolean isError() {
        return fields[1].equals("ERROR");
    }

    String kind() {
        return fields[2];
    }

    /** Whether the context said that it is meant. */
    boolean expected() {
        return Boolean.parseBoolean(fields[3]);
    }

    String text() {
        return fields[5];
    }

    /** Where the culprit was; empty where that is not known. */
    List<StackTraceElement> culprit() {
        List<StackTraceElement> frames = new ArrayList<>();
        for (String line : fields[6].split("\n", 0)) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4) {
                String file = parts[2].isEmpty() ? null : parts[2];
                frames.add(new StackTraceElement(parts[0], parts[1], file, Integer.parseInt(parts[3])));
            }
        }
        return frames;
    }

    /** As a failure. {@code note} says what the text does not, or is {@code null}. */
    HandleAlertError asError(String note) {
        return new HandleAlertError(note == null ? text() : note + "\n" + text(), culprit());
    }
}
