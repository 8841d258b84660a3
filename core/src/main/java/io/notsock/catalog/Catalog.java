package io.notsock.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Catalog entries in the order of their files. Immutable. */
public final class Catalog {
    private static final String[] LINUX = {
        "linux-sockets",
        "linux-selectors",
        "linux-files",
        "linux-uses",
        "linux-processes",
        "linux-native",
        "linux-netty",
        "linux-junixsocket",
        "linux-jnr",
        "handles-api",
        "jdk-counts",
        "jdk-explain",
        "linux-explain"
    };
    private static final String[] WINDOWS = {
        "windows-sockets",
        "windows-selectors",
        "windows-files",
        "windows-processes",
        "windows-native",
        "handles-api",
        "jdk-counts",
        "jdk-explain",
        "windows-explain"
    };

    /** Names the built-in catalog of executors, which is for every system and in force where it is asked for. */
    public static final String EXECUTORS = "executors";

    private final List<Entry> entries;
    private final Map<String, Entry> byId;

    /** A catalog of these entries; their ids must differ. */
    Catalog(Collection<Entry> entries) {
        Map<String, Entry> map = new LinkedHashMap<>(entries.size() * 2);
        for (Entry entry : entries) {
            if (map.put(entry.id(), entry) != null) {
                throw new IllegalArgumentException("two entries with the id '" + entry.id() + "'");
            }
        }
        this.byId = map;
        this.entries = Collections.unmodifiableList(new ArrayList<>(map.values()));
    }

    /**
     * What the agent brings along for this operating system, {@code linux} or {@code windows}, or {@link #EXECUTORS}: all
     * JDK releases.
     */
    public static Catalog builtIn(String os) {
        return new CompiledCatalog(compiled(os)).whole();
    }

    /** What the build has made of the built-in catalogs for this operating system. */
    static byte[] compiled(String os) {
        try (InputStream in = Catalog.class.getResourceAsStream(compiledName(os))) {
            if (in == null) {
                throw new IllegalStateException("built-in catalog " + compiledName(os) + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("built-in catalog " + compiledName(os) + " cannot be read", e);
        }
    }

    /** The file that the build makes of the built-in catalogs for this operating system. */
    static String compiledName(String os) {
        return os.concat(".compiled");
    }

    /** The built-in catalogs for this operating system from their text files. */
    static Catalog parsed(String os) {
        CatalogParser parser = new CatalogParser();
        String[] names = os.equals(EXECUTORS) ? new String[] {"jdk-executors"} : "windows".equals(os) ? WINDOWS : LINUX;
        for (String name : names) {
            String file = name.concat(".catalog");
            try (InputStream in = Catalog.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("built-in catalog " + file + " is missing");
                }
                parser.read(file, in);
            } catch (IOException e) {
                throw new UncheckedIOException("built-in catalog " + file + " cannot be read", e);
            }
        }
        return parser.catalog();
    }

    /** These entries and those of another catalog. */
    public Catalog with(Catalog other) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(other.entries);
        return new Catalog(all);
    }

    /** Without what serves the option {@code explain} only. */
    public Catalog withoutExplanations() {
        List<Entry> others = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (!entry.role().explains()) {
                others.add(entry);
            }
        }
        return new Catalog(others);
    }

    /** All entries in the order of their files. */
    public List<Entry> entries() {
        return entries;
    }

    /** The entry with this id, or {@code null} when there is none. */
    public Entry entry(String id) {
        return byId.get(id);
    }

    /**
     * Only what exists on this runtime: entries for {@code os}, their targets for JDK {@code feature}, and of each
     * {@code closed-by} only the ids that remain. An open whose every close was dropped that way is left unguarded.
     */
    public Catalog forRuntime(int feature, String os) {
        Map<String, List<Target>> kept = new LinkedHashMap<>(entries.size() * 2);
        for (Entry entry : entries) {
            if (entry.systems().contains(os)) {
                List<Target> targets = new ArrayList<>(entry.targets().size());
                for (Target target : entry.targets()) {
                    if (target.jdk().contains(feature)) {
                        targets.add(target);
                    }
                }
                if (!targets.isEmpty()) {
                    kept.put(entry.id(), targets);
                }
            }
        }
        List<Entry> result = new ArrayList<>(kept.size());
        for (Map.Entry<String, List<Target>> e : kept.entrySet()) {
            Entry entry = byId.get(e.getKey());
            Set<String> closedBy = new LinkedHashSet<>(entry.closedBy());
            closedBy.retainAll(kept.keySet());
            boolean same = closedBy.size() == entry.closedBy().size()
                    && e.getValue().size() == entry.targets().size();
            result.add(same ? entry : narrowed(entry, e.getValue(), closedBy));
        }
        return new Catalog(result);
    }

    private static Entry narrowed(Entry entry, List<Target> targets, Set<String> closedBy) {
        Entry.Builder builder = new Entry.Builder(entry).closedBy(closedBy);
        for (Target target : targets) {
            builder.target(target);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return "catalog of " + entries.size() + " entries";
    }
}
