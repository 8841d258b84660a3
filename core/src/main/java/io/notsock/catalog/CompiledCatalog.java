package io.notsock.catalog;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A catalog as bytes, made when the agent is built: reading the built-in text files took 25 ms of every start.
 *
 * <p>Every text stands once, in a table at the beginning, and is named by its index. Written and read by the same build
 * only, so it has no version of its own.
 */
final class CompiledCatalog {
    private static final int NONE = 0xFFFF;

    private CompiledCatalog() {}

    static void write(Catalog catalog, OutputStream to) throws IOException {
        Writer writer = new Writer();
        for (Entry entry : catalog.entries()) {
            writer.entry(entry);
        }
        writer.finish(catalog.entries().size(), to);
    }

    static Catalog read(byte[] bytes) {
        return new Reader(bytes).catalog();
    }

    /** Collects the texts on its way through the entries. */
    private static final class Writer {
        private final Map<String, Integer> texts = new LinkedHashMap<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        void finish(int entries, OutputStream to) throws IOException {
            DataOutputStream whole = new DataOutputStream(to);
            whole.writeShort(texts.size());
            for (String text : texts.keySet()) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                whole.writeShort(utf8.length);
                whole.write(utf8);
            }
            whole.writeShort(entries);
            bytes.writeTo(whole);
            whole.flush();
        }

        void entry(Entry entry) throws IOException {
            text(entry.id());
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
            Integer index = texts.get(text);
            if (index == null) {
                index = texts.size();
                texts.put(text, index);
            }
            out.writeShort(index);
        }
    }

    private static final class Reader {
        private static final Role[] ROLES = Role.values();
        private static final Space[] SPACES = Space.values();
        private static final HandleType[] TYPES = HandleType.values();
        private static final Failure[] FAILURES = Failure.values();
        private static final Target.Kind[] TARGETS = Target.Kind.values();
        private static final Place.Kind[] PLACES = Place.Kind.values();

        private final ByteBuffer in;
        private final String[] texts;

        Reader(byte[] bytes) {
            this.in = ByteBuffer.wrap(bytes);
            this.texts = new String[in.getShort() & 0xFFFF];
            for (int i = 0; i < texts.length; i++) {
                int length = in.getShort() & 0xFFFF;
                texts[i] = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
                in.position(in.position() + length);
            }
        }

        Catalog catalog() {
            int count = in.getShort() & 0xFFFF;
            List<Entry> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                entries.add(entry());
            }
            return new Catalog(entries);
        }

        private Entry entry() {
            Entry.Builder entry = new Entry.Builder(text()).role(ROLES[in.get()]);
            for (int targets = in.get(); targets > 0; targets--) {
                entry.target(target());
            }
            entry.systems(set()).space(SPACES[in.get()]).type(TYPES[in.get()]);
            int numbers = in.get();
            List<Place> places = new ArrayList<>(numbers);
            for (int i = 0; i < numbers; i++) {
                places.add(place());
            }
            return entry.numbers(places)
                    .source(place())
                    .owner(place())
                    .closer(place())
                    .flag(place())
                    .armed(flag())
                    .forVmLife(flag())
                    .endsWithThread(flag())
                    .onlyIfPositive(flag())
                    .condition(condition())
                    .failure(FAILURES[in.get()])
                    .closedBy(set())
                    .api(text())
                    .build();
        }

        private Target target() {
            return new Target(TARGETS[in.get()], text(), text(), text(), list(), new Range(in.getInt(), in.getInt()));
        }

        private Place place() {
            int kind = in.get();
            return kind < 0 ? null : Place.of(PLACES[kind], in.get(), text(), text());
        }

        private Condition condition() {
            int argument = in.get();
            if (argument < 0) {
                return null;
            }
            long[] values = new long[in.get()];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.getLong();
            }
            return new Condition(argument, values);
        }

        private boolean flag() {
            return in.get() != 0;
        }

        private Set<String> set() {
            return new LinkedHashSet<>(list());
        }

        private List<String> list() {
            int count = in.get();
            List<String> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add(text());
            }
            return list;
        }

        private String text() {
            int index = in.getShort() & 0xFFFF;
            return index == NONE ? null : texts[index];
        }
    }
}
