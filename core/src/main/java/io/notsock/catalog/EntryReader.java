package io.notsock.catalog;

import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the lines of one entry, then checks that they fit together. */
final class EntryReader {
    /** Each has up to two hooks, and an index of a hook has eight bits for those of one entry. */
    private static final int MOST_TARGETS = 100;

    private final String file;
    private final String id;
    private final EntryLines lines;
    private final PlaceTypes types;

    private final List<Target> targets = new ArrayList<>(4);
    private final List<Integer> targetLines = new ArrayList<>(4);

    private Role role;
    private Range jdk;
    private Set<String> systems;
    private Space space = Space.FD;
    private HandleType type = HandleType.UNKNOWN;
    private List<Place> numbers = List.of();
    private Place source;
    private Place owner;
    private Place closer;
    private Place flag;
    private boolean armed;
    private boolean positive;
    private Condition condition;
    private boolean forVmLife;
    private boolean endsWithThread;
    private Failure failure = Failure.EXCEPTION;
    private Set<String> closedBy = Set.of();
    private String api;

    EntryReader(String file, int start, String id) {
        this.file = file;
        this.id = id;
        this.lines = new EntryLines(file, start);
        this.types = new PlaceTypes(lines);
    }

    /** Where the entry begins, as {@code FILE:LINE}. */
    String position() {
        return lines.position();
    }

    /** Takes one indented line. */
    void line(int line, String word, String value) {
        Key key = Key.ofLabel(word);
        if (key == null) {
            throw lines.fail(line, "unknown key '" + word + "'; " + Words.accepted(word, Key.labels()));
        }
        if (value.isEmpty()) {
            throw lines.fail(line, "'" + word + "' has no value; accepted: '" + word + " VALUE'");
        }
        int earlier = lines.of(key);
        if (earlier != 0 && !key.isRepeatable()) {
            throw lines.fail(line, "second '" + word + "', the first is in line " + earlier + "; accepted: one");
        }
        lines.put(key, line);
        take(key, line, value);
    }

    private void take(Key key, int line, String value) {
        ValueReader reader = new ValueReader(file, line);
        switch (key) {
            case ROLE:
                role = reader.role(value);
                break;
            case METHOD:
            case CALL:
            case FUNCTION:
                if (targets.size() == MOST_TARGETS) {
                    throw lines.fail(
                            line,
                            "more than " + MOST_TARGETS + " targets in one entry; write another entry for the rest");
                }
                targets.add(new TargetReader(file, line, key, value).target());
                targetLines.add(line);
                break;
            case OS:
                systems = reader.systems(value);
                break;
            case JDK:
                jdk = TargetReader.range(file, line, value);
                break;
            case SPACE:
                space = reader.space(value);
                break;
            case TYPE:
                type = reader.type(value);
                break;
            case NUMBER:
                numbers = reader.numbers(value);
                break;
            case OWNER:
                owner(line, value, reader);
                break;
            case CLOSER:
                closer = reader.place(value);
                break;
            case SOURCE:
                source = reader.place(value);
                break;
            case FLAG:
                flag = reader.place(value);
                break;
            case API:
                api = value;
                break;
            case WHEN:
                when(value, reader);
                break;
            case FAILS:
                failure = reader.failure(value);
                break;
            case CLOSED_BY:
                closedBy = new LinkedHashSet<>(TargetReader.words(value));
                break;
            default:
                reader.only(key, value, "vm", "thread");
                endsWithThread = value.equals("thread");
                forVmLife = !endsWithThread;
                break;
        }
    }

    /** The entry, after everything that can be checked without other entries was found right. */
    Entry entry() {
        if (role == null) {
            throw lines.failAtStart(
                    "entry '" + id + "' has no 'role'; accepted: " + String.join(", ", ValueReader.roles()));
        }
        for (Key key : Key.values()) {
            if (lines.has(key) && !key.isFor(role)) {
                throw lines.fail(key, "'" + key.label() + "' means nothing for the role '" + role.label() + "'");
            }
        }
        if (targets.isEmpty()) {
            throw lines.failAtStart("entry '" + id + "' has no target; accepted: method, call, function");
        }
        if (positive && role != Role.OPEN && role != Role.ADOPT) {
            throw lines.fail(
                    Key.WHEN,
                    "'when positive' means nothing for the role '" + role.label() + "'; accepted: argN = VALUE");
        }
        require(Key.NUMBER, role != Role.COUNT && !role.explains());
        require(Key.OWNER, role.explains());
        require(Key.SOURCE, role == Role.REPLACE);
        require(Key.FLAG, role == Role.COUNT);
        narrowToJdk();
        Place implied = ownerInNumber();
        if (owner == null && !lines.has(Key.OWNER)) {
            owner = implied;
        }
        if (role == Role.ADOPT && owner == null) {
            throw lines.failAtStart("entry '" + id + "' has no owner; the role 'adopt' needs 'owner PLACE'");
        }
        if (role.explains() && owner == null) {
            throw lines.failAtStart(
                    "entry '" + id + "' has no owner; the role '" + role.label() + "' needs 'owner PLACE'");
        }
        Entry entry = build();
        EntryCheck check = new EntryCheck(entry, lines, types);
        for (Target target : entry.targets()) {
            check.check(target);
        }
        return entry;
    }

    /** Whether {@code closed-by} names entries that end a life. */
    void checkClosedBy(Map<String, Entry> all) {
        int line = lines.of(Key.CLOSED_BY);
        for (String closing : closedBy) {
            Entry entry = all.get(closing);
            if (entry == null) {
                throw lines.fail(
                        line, "'closed-by' names the unknown entry '" + closing + "'; " + nearest(closing, all));
            }
            Role other = entry.role();
            if (other != Role.CLOSE && other != Role.RELEASE && other != Role.REPLACE) {
                throw lines.fail(
                        line,
                        "'closed-by' names '" + closing + "', whose role is '" + other.label()
                                + "'; accepted: entries with the role close, release or replace");
            }
        }
    }

    private static String nearest(String id, Map<String, Entry> all) {
        List<String> ids = new ArrayList<>();
        for (Entry entry : all.values()) {
            if (entry.role() == Role.CLOSE || entry.role() == Role.RELEASE || entry.role() == Role.REPLACE) {
                ids.add(entry.id());
            }
        }
        return Words.accepted(id, ids);
    }

    private Entry build() {
        if (systems == null) {
            systems = Set.of(space == Space.FD || space == Space.PTHREAD ? "linux" : "windows");
        }
        Entry.Builder builder = new Entry.Builder(id)
                .role(role)
                .systems(systems)
                .space(space)
                .type(type)
                .numbers(numbers)
                .source(source)
                .owner(owner)
                .closer(closer)
                .flag(flag)
                .armed(armed)
                .forVmLife(forVmLife)
                .endsWithThread(endsWithThread)
                .onlyIfPositive(positive)
                .condition(condition)
                .failure(failure)
                .closedBy(closedBy)
                .api(api);
        for (Target target : targets) {
            builder.target(target);
        }
        return builder.build();
    }

    private void require(Key key, boolean needed) {
        if (needed && !lines.has(key)) {
            throw lines.failAtStart(
                    "entry '" + id + "' has no '" + key.label() + "'; the role '" + role.label() + "' needs one");
        }
    }

    private void narrowToJdk() {
        if (jdk == null) {
            return;
        }
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            int first = Math.max(jdk.first(), target.jdk().first());
            int last = Math.min(jdk.last(), target.jdk().last());
            if (first > last) {
                throw lines.fail(
                        targetLines.get(i),
                        "empty range: @" + target.jdk() + " is outside 'jdk " + jdk + "' of the entry");
            }
            targets.set(
                    i,
                    new Target(
                            target.kind(),
                            target.owner(),
                            target.name(),
                            target.descriptor(),
                            target.within(),
                            new Range(first, last)));
        }
    }

    /** Where the number is inside a FileDescriptor, that object is the owner unless the entry says otherwise. */
    private Place ownerInNumber() {
        if (numbers.size() != 1) {
            return null;
        }
        Place place = numbers.get(0);
        int held = 0;
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (target.kind() != Target.Kind.FUNCTION
                    && Descriptors.FILE_DESCRIPTOR.equals(types.typeOf(Key.NUMBER, place, target))) {
                held++;
            }
        }
        if (held != 0 && held != targets.size() && !lines.has(Key.OWNER)) {
            throw lines.fail(
                    Key.NUMBER,
                    "'" + place + "' is a FileDescriptor in some targets and a plain number in others;"
                            + " accepted: one of both, or an explicit 'owner'");
        }
        return held == targets.size() ? place : null;
    }

    private void owner(int line, String value, ValueReader reader) {
        List<String> words = TargetReader.words(value);
        boolean none = words.get(0).equals("none");
        if (words.size() > 2 || (words.size() == 2 && !words.get(1).equals("armed"))) {
            throw lines.fail(
                    line, "bad owner '" + value + "'; accepted: 'owner PLACE', 'owner PLACE armed', 'owner none'");
        }
        if (none && words.size() == 2) {
            throw lines.fail(line, "'owner none armed': nobody cannot be armed; accepted: 'owner none'");
        }
        owner = none ? null : reader.place(words.get(0));
        armed = words.size() == 2;
    }

    /** {@code positive}, or {@code argN = VALUE, VALUE and argM = VALUE}. */
    private void when(String value, ValueReader reader) {
        if (value.equals("positive")) {
            positive = true;
            return;
        }
        String[] parts = value.split(" and ", -1);
        Condition all = null;
        for (int i = parts.length - 1; i >= 0; i--) {
            all = reader.condition(parts[i].trim(), all);
        }
        condition = all;
    }
}
