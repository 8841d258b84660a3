package io.notsock.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.notsock.alert.Frames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts, frames and stacks of a page, each written once; everything else names them by index. */
final class Tables {
    private final Map<String, Integer> texts = new HashMap<>();
    private final List<String> textList = new ArrayList<>();
    private final Map<StackTraceElement, Integer> frames = new HashMap<>();
    private final List<StackTraceElement> frameList = new ArrayList<>();
    private final Map<List<Integer>, Integer> stacks = new HashMap<>();
    private final List<List<Integer>> stackList = new ArrayList<>();

    /** The index of a text; -1 for {@code null}. */
    int text(String value) {
        if (value == null) {
            return -1;
        }
        Integer known = texts.putIfAbsent(value, textList.size());
        if (known != null) {
            return known;
        }
        textList.add(value);
        return textList.size() - 1;
    }

    /** The index of a stack; -1 for an empty one. */
    int stack(List<StackTraceElement> value) {
        if (value.isEmpty()) {
            return -1;
        }
        List<Integer> indices = new ArrayList<>(value.size());
        for (StackTraceElement frame : value) {
            Integer known = frames.putIfAbsent(frame, frameList.size());
            if (known == null) {
                known = frameList.size();
                frameList.add(frame);
            }
            indices.add(known);
        }
        Integer known = stacks.putIfAbsent(indices, stackList.size());
        if (known != null) {
            return known;
        }
        stackList.add(indices);
        return stackList.size() - 1;
    }

    /** Frames as [text, 1 for the application's own], stacks as lists of frames. */
    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("frames");
        for (StackTraceElement frame : frameList) {
            json.writeStartArray();
            json.writeString(Frames.text(frame));
            json.writeNumber(Frames.origin(frame) == Frames.Origin.APPLICATION ? 1 : 0);
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("stacks");
        for (List<Integer> stack : stackList) {
            json.writeStartArray();
            for (int frame : stack) {
                json.writeNumber(frame);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("texts");
        for (String text : textList) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
