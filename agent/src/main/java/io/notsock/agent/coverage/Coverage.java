package io.notsock.agent.coverage;

import io.notsock.evidence.Witness;
import io.notsock.handle.Space;
import io.notsock.registry.Life;
import io.notsock.registry.Registry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares what the OS lists for this process with what the registry knows, and names the class of every number.
 *
 * <p>On Linux by {@code /proc/self/fd}. Listing takes a number itself, which the listing shows as a link to the folder; it
 * is left out. On Windows by the witness, once there is one. Not for the path of an event.
 */
public final class Coverage {
    private static final Path FOLDER = Path.of("/proc/self/fd");
    private static final long SECOND_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Why a number is accounted for, or that it is not. */
    public enum Kind {
        KNOWN("known"),
        AGENT("agent"),
        RELEASED("handed to native code"),
        BEFORE_AGENT("before agent"),
        VM("vm"),
        SYSTEM("system"),
        PRECLOSE_MARKER("jdk pre-close marker"),
        UNCLASSIFIED("unclassified");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final Set<String> before = new HashSet<>();
    private final boolean linux;
    private final Witness witness;

    private Coverage(boolean linux, Witness witness) {
        this.linux = linux;
        this.witness = witness;
    }

    /** Takes stock of what is open before the first hook exists. By java.io, which is up already when an agent starts. */
    public static Coverage beforeHooks(String os, Witness witness) {
        Coverage coverage = new Coverage(os.equals("linux"), witness);
        String[] numbers = coverage.linux ? FOLDER.toFile().list() : null;
        if (numbers != null) {
            coverage.before.addAll(Arrays.asList(numbers));
        }
        return coverage;
    }

    /**
     * One line per class with its count and one per number that is unclassified; then, the other way round, how many
     * numbers the registry holds as open that the OS does not list, and one line for each.
     */
    public String describe(Registry registry) {
        Stock stock;
        try {
            stock = lookTwice(registry);
        } catch (IOException e) {
            // A listing takes a number itself: where none is left, nothing can be compared.
            return "not listed: " + e + "\n";
        }
        if (stock == null) {
            return "not listed: the system cannot be asked yet\n";
        }
        StringBuilder lines = new StringBuilder();
        stock.counts()
                .forEach((label, count) ->
                        lines.append(label).append('=').append(count).append('\n'));
        for (String line : stock.unclassified) {
            lines.append("unclassified ").append(line).append('\n');
        }
        lines.append("vanished=").append(stock.vanished.size()).append('\n');
        for (String line : stock.vanished) {
            lines.append("vanished ").append(line).append('\n');
        }
        return lines.toString();
    }

    /**
     * What the OS lists, by class; {@code null} on a system that gives no list, or where no number is left for listing. It
     * opens handles: for the agent's threads.
     */
    public Stock stock(Registry registry) {
        try {
            return lookTwice(registry);
        } catch (IOException e) {
            return null;
        }
    }

    /** Opened a moment before its hook was told, or closed a moment after the listing: what looks odd is looked at again. */
    private Stock lookTwice(Registry registry) throws IOException {
        Stock stock = take(registry);
        if (stock == null || (stock.unclassified.isEmpty() && stock.vanished.isEmpty())) {
            return stock;
        }
        LockSupport.parkNanos(SECOND_LOOK_NANOS);
        Stock again = take(registry);
        if (again == null) {
            return stock;
        }
        again.keepOnly(stock);
        return again;
    }

    /** How many of the listed handles are of which class, and which are of none. */
    public static final class Stock {
        private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        private final List<String> unclassified = new ArrayList<>();
        private final List<String> vanished = new ArrayList<>();

        /** Every class with its count, those without any too. */
        public Map<String, Integer> counts() {
            Map<String, Integer> byLabel = new LinkedHashMap<>();
            for (Kind kind : Kind.values()) {
                byLabel.put(kind.label, counts.getOrDefault(kind, 0));
            }
            return byLabel;
        }

        /** Of what looks odd, what did so before. */
        private void keepOnly(Stock before) {
            vanished.retainAll(before.vanished);
            unclassified.retainAll(before.unclassified);
            counts.put(Kind.UNCLASSIFIED, unclassified.size());
        }

        /** Number and what is behind it. */
        public List<String> unclassified() {
            return Collections.unmodifiableList(unclassified);
        }
    }

    /** {@code null} where the OS cannot be asked. */
    private Stock take(Registry registry) throws IOException {
        return linux ? takeLinux(registry) : takeWindows(registry);
    }

    private Stock takeWindows(Registry registry) {
        Map<Long, String> listed = witness.list();
        if (listed == null || listed.isEmpty()) {
            return null;
        }
        Stock stock = new Stock();
        WindowsClasses classes = new WindowsClasses();
        registry.forEachCurrent(Space.HANDLE, life -> {
            if (life.live() && !listed.containsKey(life.number())) {
                stock.vanished.add(life.number() + " " + life.opening().api());
            }
        });
        listed.forEach((number, what) -> {
            Life life = registry.current(Space.HANDLE, number);
            Kind kind = ofLife(life);
            if (kind == null) {
                kind = life != null && life.released() ? Kind.RELEASED : classes.of(number, what);
            }
            if (kind == Kind.UNCLASSIFIED) {
                stock.unclassified.add(number + " " + what);
            }
            stock.counts.merge(kind, 1, Integer::sum);
        });
        return stock;
    }

    /** {@code null} where the registry knows of nobody who has it. */
    private static Kind ofLife(Life life) {
        if (life == null || (!life.live() && life.state() != Life.CLOSING)) {
            return null;
        }
        return life.opening().agentOwned() ? Kind.AGENT : Kind.KNOWN;
    }

    private Stock takeLinux(Registry registry) throws IOException {
        Stock stock = new Stock();
        UnixSockets sockets = UnixSockets.read();
        int markers = 0;
        Map<Long, String> listed = list();
        registry.forEachCurrent(Space.FD, life -> {
            if (life.live() && !listed.containsKey(life.number())) {
                stock.vanished.add(life.number() + " " + life.opening().api());
            }
        });
        for (Map.Entry<Long, String> handle : listed.entrySet()) {
            Kind c = classify(registry, handle.getKey(), handle.getValue());
            if (c == Kind.UNCLASSIFIED) {
                if (sockets.isAttachListener(handle.getValue())) {
                    c = Kind.VM;
                } else if (markers < JDK_MARKERS && sockets.isUnnamed(handle.getValue())) {
                    markers++;
                    c = Kind.PRECLOSE_MARKER;
                } else {
                    stock.unclassified.add(handle.getKey() + " " + handle.getValue());
                }
            }
            stock.counts.merge(c, 1, Integer::sum);
        }
        return stock;
    }

    /**
     * The JDK makes its pre-close markers inside class initialisers, natively: one in {@code sun.nio.ch}, on JDK 11 one
     * more in {@code java.net} (libnet's {@code PlainSocketImpl}).
     */
    private static final int JDK_MARKERS = 2;

    private Kind classify(Registry registry, long number, String link) {
        Life life = registry.current(Space.FD, number);
        Kind known = ofLife(life);
        if (known != null) {
            return known;
        }
        if (life != null && life.released() && link.startsWith("/")) {
            // A DIR* or FILE* has it; if that was closed unseen, the number may be a socket's by now.
            return Kind.RELEASED;
        }
        if (life == null && before.contains(Long.toString(number))) {
            return Kind.BEFORE_AGENT; // and nobody has closed or opened it since
        }
        return ofVm(link) ? Kind.VM : Kind.UNCLASSIFIED;
    }

    /** What the VM opens by itself, natively: its image, agents' jars, its logs and recordings, the OS's information. */
    private static boolean ofVm(String link) {
        return link.startsWith(System.getProperty("java.home"))
                || link.endsWith(".jar")
                || link.endsWith(".jsa")
                || link.endsWith(".jfr")
                || link.contains("hsperfdata")
                || link.startsWith("/proc/")
                || link.startsWith("/sys/");
    }

    private static Map<Long, String> list() throws IOException {
        Map<Long, String> handles = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(FOLDER)) {
            for (Path entry : entries) {
                String link = link(entry);
                if (link != null && !isListing(link)) {
                    handles.put(Long.parseLong(entry.getFileName().toString()), link);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return handles;
    }

    /** What is behind a number, or {@code null} where it was closed while we looked. */
    private static String link(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isListing(String link) {
        return link.startsWith("/proc/") && link.endsWith("/fd");
    }
}
