package io.notsock.catalog;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes what {@link CompiledCatalog} reads. Collects the texts on its way through the entries; for one catalog. */
final class CatalogWriter {
    private static final int NONE = 0xFFFF;
    private static final int MOST_ENTRIES = 0xFFFF;
    private static final int MOST_TARGETS = 0xFF;
    private static final int HEADER = 7 * Integer.BYTES;

    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final Map<String, Integer> indexOf = new HashMap<>();
    private int packageList;

    byte[] write(Catalog catalog) {
        List<Entry> entries = catalog.entries();
        for (int i = 0; i < entries.size(); i++) {
            indexOf.put(entries.get(i).id(), i);
        }
        int[] offsets = new int[entries.size()];
        try {
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = bytes.size();
                entry(entries.get(i));
            }
            int classes = bytes.size();
            classes(entries);
            int pairs = bytes.size();
            pairs(entries);
            return assembled(entries, offsets, classes, pairs);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail that way
        }
    }

    private byte[] assembled(List<Entry> entries, int[] offsets, int classes, int pairs) {
        List<byte[]> utf8 = new ArrayList<>(texts.size());
        int length = 0;
        boolean ascii = true;
        for (String text : texts.keySet()) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            ascii &= encoded.length == text.length();
            utf8.add(encoded);
            length += encoded.length;
        }
        int entryTable = HEADER + Integer.BYTES * (utf8.size() + 1);
        int textBytes = entryTable + Integer.BYTES + 5 * offsets.length;
        int body = textBytes + length;
        ByteBuffer whole = ByteBuffer.allocate(body + bytes.size());
        whole.putInt(HEADER).putInt(entryTable).putInt(body + classes).putInt(body + pairs);
        whole.putInt(body).putInt(ascii ? 1 : 0).putInt(body + packageList);
        int at = textBytes;
        for (byte[] text : utf8) {
            whole.putInt(at);
            at += text.length;
        }
        whole.putInt(at).putInt(offsets.length);
        for (int i = 0; i < offsets.length; i++) {
            whole.putInt(body + offsets[i]).put((byte) entries.get(i).role().ordinal());
        }
        utf8.forEach(whole::put);
        return whole.put(bytes.toByteArray()).array();
    }

    /** Which targets are in or called in which class; a target in one class stands there once. */
    private void classes(List<Entry> entries) throws IOException {
        if (entries.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(entries.size() + " entries are more than " + MOST_ENTRIES);
        }
        Map<String, List<int[]>> byClass = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            List<Target> targets = entries.get(i).targets();
            if (targets.size() > MOST_TARGETS) {
                throw new IllegalArgumentException(
                        entries.get(i) + ": " + targets.size() + " targets are more than " + MOST_TARGETS);
            }
            for (int t = 0; t < targets.size(); t++) {
                for (String pattern : targets.get(t).classes()) {
                    byClass.computeIfAbsent(pattern, p -> new ArrayList<>()).add(new int[] {i, t});
                }
            }
        }
        NameFilter filter = NameFilter.empty();
        for (String pattern : byClass.keySet()) {
            if (!pattern.endsWith(".*")) {
                filter.add(pattern);
            }
        }
        for (long word : filter.words()) {
            out.writeLong(word);
        }
        classTable(byClass);
    }

    /** The classes, in a table by the hash of what they are looked up by. */
    private void classTable(Map<String, List<int[]>> byClass) throws IOException {
        int rows = Integer.highestOneBit(Math.max(1, byClass.size())) * 4; // at most half full
        int[] table = new int[2 * rows];
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        DataOutputStream records = new DataOutputStream(found);
        List<Integer> packages = new ArrayList<>();
        int start = bytes.size() + Integer.BYTES * (1 + table.length);
        for (Map.Entry<String, List<int[]>> named : byClass.entrySet()) {
            int hash = CompiledCatalog.key(named.getKey()).hashCode();
            int row = hash & rows - 1;
            while (table[2 * row + 1] != 0) {
                row = row + 1 & rows - 1;
            }
            table[2 * row] = hash;
            table[2 * row + 1] = start + found.size();
            if (named.getKey().endsWith(".*")) {
                packages.add(start + found.size());
            }
            records.writeShort(index(named.getKey()));
            records.writeShort(named.getValue().size());
            for (int[] target : named.getValue()) {
                records.writeShort(target[0]);
                records.writeByte(target[1]);
            }
        }
        out.writeInt(rows);
        for (int word : table) {
            out.writeInt(word);
        }
        found.writeTo(out);
        packageList = bytes.size();
        out.writeShort(packages.size());
        for (int record : packages) {
            out.writeInt(record);
        }
    }

    /** Targets that are calls of a method, with those that are that method's body and have the same role. */
    private void pairs(List<Entry> entries) throws IOException {
        Map<String, List<int[]>> calls = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            List<Target> targets = entries.get(i).targets();
            for (int t = 0; t < targets.size(); t++) {
                if (targets.get(t).kind() == Target.Kind.CALL) {
                    calls.computeIfAbsent(method(entries.get(i), targets.get(t)), m -> new ArrayList<>())
                            .add(new int[] {i, t});
                }
            }
        }
        int count = 0;
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(found);
        for (int i = 0; i < entries.size(); i++) {
            List<Target> targets = entries.get(i).targets();
            for (int t = 0; t < targets.size(); t++) {
                Target body = targets.get(t);
                if (body.kind() == Target.Kind.METHOD) {
                    for (int[] call : calls.getOrDefault(method(entries.get(i), body), List.of())) {
                        Range jdk = entries.get(call[0]).targets().get(call[1]).jdk();
                        int first = Math.max(jdk.first(), body.jdk().first());
                        int last = Math.min(jdk.last(), body.jdk().last());
                        if (first > last) {
                            continue;
                        }
                        to.writeShort(call[0]);
                        to.writeByte(call[1]);
                        to.writeShort(i);
                        to.writeByte(t);
                        to.writeInt(first);
                        to.writeInt(last);
                        count++;
                    }
                }
            }
        }
        out.writeShort(count);
        found.writeTo(out);
    }

    private static String method(Entry entry, Target target) {
        return entry.role() + " " + target.owner() + "." + target.name() + target.descriptor();
    }

    private void entry(Entry entry) throws IOException {
        text(entry.id());
        closers(entry);
        constant(entry.role());
        out.writeByte(entry.targets().size());
        for (Target target : entry.targets()) {
            target(target);
        }
        texts(new TreeSet<>(entry.systems()));
        constant(entry.space());
        constant(entry.type());
        out.writeByte(entry.numbers().size());
        for (Place number : entry.numbers()) {
            place(number);
        }
        place(entry.source());
        place(entry.owner());
        place(entry.closer());
        place(entry.flag());
        out.writeBoolean(entry.armed());
        out.writeBoolean(entry.forVmLife());
        out.writeBoolean(entry.endsWithThread());
        out.writeBoolean(entry.onlyIfPositive());
        condition(entry.condition());
        constant(entry.failure());
        texts(new TreeSet<>(entry.closedBy()));
        text(entry.api());
    }

    /** The entries that close what this one opens, by their indices, so that nothing has to look for their ids. */
    private void closers(Entry entry) throws IOException {
        List<Integer> indices = new ArrayList<>();
        for (String id : new TreeSet<>(entry.closedBy())) {
            Integer index = indexOf.get(id);
            if (index != null) {
                indices.add(index);
            }
        }
        out.writeByte(indices.size());
        for (int index : indices) {
            out.writeShort(index);
        }
    }

    private void target(Target target) throws IOException {
        constant(target.kind());
        text(target.owner());
        text(target.name());
        text(target.descriptor());
        texts(target.within());
        out.writeInt(target.jdk().first());
        out.writeInt(target.jdk().last());
    }

    private void place(Place place) throws IOException {
        out.writeByte(place == null ? -1 : place.kind().ordinal());
        if (place != null) {
            out.writeByte(place.argument());
            text(place.field());
            text(place.descriptor());
        }
    }

    private void condition(Condition condition) throws IOException {
        out.writeByte(condition == null ? -1 : condition.argument());
        if (condition != null) {
            out.writeByte(condition.values().length);
            for (long value : condition.values()) {
                out.writeLong(value);
            }
            condition(condition.and());
        }
    }

    private void constant(Enum<?> constant) throws IOException {
        out.writeByte(constant.ordinal());
    }

    private void texts(Collection<String> all) throws IOException {
        out.writeByte(all.size());
        for (String text : all) {
            text(text);
        }
    }

    private void text(String text) throws IOException {
        if (text == null) {
            out.writeShort(NONE);
            return;
        }
        out.writeShort(index(text));
    }

    private int index(String text) {
        Integer index = texts.get(text);
        if (index == null) {
            index = texts.size();
            texts.put(text, index);
        }
        return index;
    }
}
