package io.notsock.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads catalog files. The format is described in {@code docs/catalog.md}; an example:
 *
 * <pre>
 * entry nio.close                                  # one entry
 *   role close
 *   method sun.nio.ch.UnixDispatcher.close(Ljava/io/FileDescriptor;)V &#64;21..
 *   number arg0
 * </pre>
 *
 * <p>The first thing that is wrong ends it with a {@link CatalogException}; nothing of a refused file is used. It runs
 * before the application's main method: no regular expressions, streams, formatting or {@code +} between strings (whose
 * first use costs 100 ms in a cold JVM) unless something is wrong. Not thread-safe.
 */
public final class CatalogParser {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, EntryReader> readers = new LinkedHashMap<>();
    private final List<EntryReader> references = new ArrayList<>();
    private final Catalog base;

    /** For a catalog that stands alone. */
    public CatalogParser() {
        this(new Catalog(List.of()));
    }

    /** For files that add to {@code base}: the result holds both, and {@code closed-by} may name entries of both. */
    public CatalogParser(Catalog base) {
        this.base = base;
        for (Entry entry : base.entries()) {
            entries.put(entry.id(), entry);
        }
    }

    /**
     * Adds the entries of one file.
     *
     * @param file its name for messages
     */
    public CatalogParser read(String file, InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CatalogException(file, lineOfBadByte(bytes), "not UTF-8; accepted: a text file in UTF-8");
        }
        return read(file, text);
    }

    /**
     * Adds the entries of one file.
     *
     * @param file its name for messages
     */
    public CatalogParser read(String file, String text) {
        EntryReader entry = null;
        int number = 0;
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            String line = withoutComment(text.substring(at, end < 0 ? text.length() : end));
            number++;
            at = next;
            int first = 0;
            while (first < line.length() && isBlank(line.charAt(first))) {
                first++;
            }
            if (first == line.length()) {
                continue;
            }
            int space = first;
            while (space < line.length() && !isBlank(line.charAt(space))) {
                space++;
            }
            String word = line.substring(first, space);
            String value = line.substring(space).trim();
            if (first == 0) {
                EntryReader begun = begin(file, number, word, value);
                finish(entry);
                entry = begun;
            } else if (entry == null) {
                throw new CatalogException(
                        file,
                        number,
                        "'" + word + "' before the first entry; accepted: 'entry ID' at the line's start");
            } else {
                entry.line(number, word, value);
            }
        }
        finish(entry);
        return this;
    }

    /** Everything read so far. Checks that each {@code closed-by} names entries that close. */
    public Catalog catalog() {
        for (EntryReader reference : references) {
            reference.checkClosedBy(entries);
        }
        return new Catalog(entries.values());
    }

    private EntryReader begin(String file, int line, String word, String id) {
        if (!word.equals("entry")) {
            throw new CatalogException(
                    file,
                    line,
                    Key.ofLabel(word) != null
                            ? "key '" + word + "' at the line's start; accepted: keys are indented, below 'entry ID'"
                            : "unknown word '" + word + "'; " + Words.accepted(word, List.of("entry")));
        }
        if (!isId(id)) {
            throw new CatalogException(
                    file, line, "bad entry id '" + id + "'; accepted: one word of letters, digits, '.', '-', '_'");
        }
        EntryReader reader = new EntryReader(file, line, id);
        EntryReader earlier = readers.put(id, reader);
        if (earlier != null || base.entry(id) != null) {
            throw new CatalogException(
                    file,
                    line,
                    "second entry with the id '" + id + "'; accepted: one, and it is "
                            + (earlier != null ? "at " + earlier.position() : "built in"));
        }
        return reader;
    }

    private void finish(EntryReader entry) {
        if (entry != null) {
            Entry made = entry.entry();
            entries.put(made.id(), made);
            if (!made.closedBy().isEmpty()) {
                references.add(entry);
            }
        }
    }

    /** A comment begins with a # that is the first character or follows a blank. */
    private static String withoutComment(String line) {
        int at = line.indexOf('#');
        while (at >= 0) {
            if (at == 0 || isBlank(line.charAt(at - 1))) {
                return line.substring(0, at);
            }
            at = line.indexOf('#', at + 1);
        }
        return line;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private static boolean isId(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!good && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return !id.isEmpty();
    }

    private static int lineOfBadByte(byte[] bytes) {
        int line = 1;
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, i - start));
                } catch (CharacterCodingException e) {
                    return line;
                }
                line++;
                start = i + 1;
            }
        }
        return line;
    }
}
