package io.notsock.catalog;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A catalog as bytes, of which an entry is read only when somebody asks for it: reading all of the built-in text files took
 * 25 ms of every start, making all entries from bytes another 30, and a program needs few of them.
 *
 * <p>Every text stands once and is named by its index; tables at the beginning tell where texts and entries are. Behind the
 * entries lies an index of their targets by class. Written and read by the same build only, so it has no version of its
 * own. Immutable.
 */
final class CompiledCatalog {
    private static final int NONE = 0xFFFF;
    /** A row of the table of entries: where it is, and its role. */
    private static final int ROW = 5;

    private static final Role[] ROLES = Role.values();
    private static final Space[] SPACES = Space.values();
    private static final HandleType[] TYPES = HandleType.values();
    private static final Failure[] FAILURES = Failure.values();
    private static final Target.Kind[] TARGETS = Target.Kind.values();
    private static final Place.Kind[] PLACES = Place.Kind.values();

    private final byte[] bytes;
    private final Charset charset;
    private final int body;
    private final int texts;
    private final int entries;
    private final int classes;
    private final int pairs;
    private final int packages;
    private final int classRows;
    private final int classTable;

    CompiledCatalog(byte[] bytes) {
        this.bytes = bytes;
        this.texts = int4(0);
        this.entries = int4(4);
        this.classes = int4(8);
        this.pairs = int4(12);
        this.body = int4(16);
        this.packages = int4(24);
        int table = classes + NameFilter.WORDS * Long.BYTES;
        this.classRows = int4(table);
        this.classTable = table + Integer.BYTES;
        // In code that is not compiled yet the one is a copy, the other a loop over every character.
        this.charset = int4(20) == 1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    static byte[] of(Catalog catalog) {
        return new CatalogWriter().write(catalog);
    }

    /** How many entries there are. */
    int size() {
        return int4(entries);
    }

    Role role(int index) {
        return ROLES[bytes[row(index) + 4]];
    }

    /** An entry, made anew. */
    Entry entry(int index) {
        return new Reader(int4(row(index))).entry();
    }

    /** The indices of the entries that close what this one opens. */
    int[] closers(int index) {
        Reader reader = new Reader(int4(row(index)));
        reader.u2(); // its id
        return reader.closers();
    }

    /** All of it. */
    Catalog whole() {
        List<Entry> all = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            all.add(entry(i));
        }
        return new Catalog(all);
    }

    /** Which classes may be named here; a new one, that may be added to. */
    NameFilter filter() {
        long[] words = new long[NameFilter.WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = int8(classes + Long.BYTES * i);
        }
        return new NameFilter(words);
    }

    /** By what the classes of a pattern are looked up: an internal name, a simple name, or a package's last name. */
    static String key(String pattern) {
        if (pattern.endsWith(".*")) {
            String folder = pattern.substring(0, pattern.length() - 2);
            return folder.substring(folder.lastIndexOf('.') + 1);
        }
        return pattern.startsWith("*.") ? pattern.substring(pattern.lastIndexOf('.') + 1) : pattern.replace('.', '/');
    }

    /**
     * The classes whose methods or calls are targets: pattern as in the catalog, and the targets, of which each is {@code
     * entry << 8 | target}.
     */
    void classes(RuntimeCatalog.ClassVisitor visitor) {
        for (int i = 0; i < classRows; i++) {
            int record = int4(classRow(i) + 4);
            if (record != 0) {
                visit(record, visitor);
            }
        }
    }

    /** Those of them whose {@link #key} may be this one. */
    void classes(String key, RuntimeCatalog.ClassVisitor visitor) {
        int hash = key.hashCode();
        int mask = classRows - 1;
        for (int i = hash & mask; ; i = i + 1 & mask) {
            int record = int4(classRow(i) + 4);
            if (record == 0) {
                return;
            }
            if (int4(classRow(i)) == hash) {
                visit(record, visitor);
            }
        }
    }

    /** Those of them that stand for whole packages: a few, which have to be looked at for every class that is no JDK's. */
    void packages(RuntimeCatalog.ClassVisitor visitor) {
        Reader reader = new Reader(packages);
        for (int count = reader.u2(); count > 0; count--) {
            visit(reader.int4(), visitor);
        }
    }

    private int classRow(int index) {
        return classTable + 8 * index;
    }

    private void visit(int record, RuntimeCatalog.ClassVisitor visitor) {
        Reader reader = new Reader(body + record);
        String pattern = reader.text();
        int[] targets = new int[reader.u2()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = reader.u2() << 8 | reader.u1();
        }
        visitor.visit(pattern, targets);
    }

    /**
     * The targets, each {@code entry << 8 | target}, that are a call of a method which another target of the same role is
     * woven into on this JDK, or such a method.
     */
    Set<Integer> paired(int feature) {
        Reader reader = new Reader(pairs);
        int count = reader.u2();
        Set<Integer> paired = new HashSet<>(4 * count);
        for (; count > 0; count--) {
            int call = reader.u2() << 8 | reader.u1();
            int body = reader.u2() << 8 | reader.u1();
            Range jdk = new Range(reader.int4(), reader.int4());
            if (jdk.contains(feature)) {
                paired.add(call);
                paired.add(body);
            }
        }
        return paired;
    }

    private int row(int index) {
        return entries + 4 + ROW * index;
    }

    private String text(int index) {
        int offset = texts + 4 * index;
        int from = int4(offset);
        return new String(bytes, from, int4(offset + 4) - from, charset);
    }

    private int int4(int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    private long int8(int at) {
        return (long) int4(at) << 32 | int4(at + 4) & 0xFFFF_FFFFL;
    }

    /** Reads on from a place. */
    private final class Reader {
        private int at;

        Reader(int at) {
            this.at = at;
        }

        Entry entry() {
            Entry.Builder entry = new Entry.Builder(text());
            closers();
            entry.role(ROLES[u1()]);
            for (int targets = u1(); targets > 0; targets--) {
                entry.target(target());
            }
            entry.systems(set()).space(SPACES[u1()]).type(TYPES[u1()]);
            int numbers = u1();
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
                    .failure(FAILURES[u1()])
                    .closedBy(set())
                    .api(text())
                    .build();
        }

        int[] closers() {
            int[] closers = new int[u1()];
            for (int i = 0; i < closers.length; i++) {
                closers[i] = u2();
            }
            return closers;
        }

        private Target target() {
            return new Target(TARGETS[u1()], text(), text(), text(), list(), new Range(int4(), int4()));
        }

        private Place place() {
            int kind = s1();
            return kind < 0 ? null : Place.of(PLACES[kind], s1(), text(), text());
        }

        private Condition condition() {
            int argument = s1();
            if (argument < 0) {
                return null;
            }
            long[] values = new long[u1()];
            for (int i = 0; i < values.length; i++) {
                values[i] = int8(at);
                at += 8;
            }
            return new Condition(argument, values, condition());
        }

        private boolean flag() {
            return u1() != 0;
        }

        private Set<String> set() {
            return new LinkedHashSet<>(list());
        }

        private List<String> list() {
            int count = u1();
            List<String> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add(text());
            }
            return list;
        }

        String text() {
            int index = u2();
            return index == NONE ? null : CompiledCatalog.this.text(index);
        }

        int u1() {
            return bytes[at++] & 0xFF;
        }

        private int s1() {
            return bytes[at++];
        }

        int u2() {
            at += 2;
            return (bytes[at - 2] & 0xFF) << 8 | bytes[at - 1] & 0xFF;
        }

        int int4() {
            at += 4;
            return CompiledCatalog.this.int4(at - 4);
        }
    }
}
