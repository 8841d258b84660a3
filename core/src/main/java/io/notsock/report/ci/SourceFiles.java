package io.notsock.report.ci;

import io.notsock.alert.Alert;
import io.notsock.alert.Frames;
import io.notsock.alert.Party;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the source file of a stack frame: the package's folder below one of the source roots. Where the file is not there,
 * its place is what the first root would make it. Not thread-safe.
 */
public final class SourceFiles {
    private static final String CONVENTION = "src/main/java";
    private static final Set<String> LANGUAGES = Set.of("java", "kotlin", "scala", "groovy");
    private static final Set<String> NO_SOURCES = Set.of("target", "build", "node_modules", "out", "bin");
    /** A project's modules are no deeper; a home folder given by mistake must not be walked for minutes. */
    private static final int DEPTH = 8;

    private static final int FOLDERS = 20_000;

    private final Path base;
    private final List<String> roots;
    private final Map<String, SourceLine> known = new HashMap<>();

    /**
     * @param base what paths are relative to, usually the working directory
     * @param roots source roots, relative to it or absolute; none: every {@code src/X/java} below it
     */
    public SourceFiles(Path base, List<String> roots) {
        this.base = base;
        this.roots = roots.isEmpty() ? discover(base) : new ArrayList<>();
        for (String root : roots) {
            this.roots.add(relative(root));
        }
    }

    private SourceFiles(Path base, Path first) {
        this.base = base;
        this.roots = new ArrayList<>();
        for (String root : discover(first)) {
            roots.add(relative(first.resolve(root).toString()));
        }
        for (String root : first.equals(base) ? List.<String>of() : discover(base)) {
            if (!roots.contains(root)) {
                roots.add(root);
            }
        }
    }

    /**
     * Paths relative to the repository that a folder belongs to, the nearest one above with {@code .git} in it, as what reads
     * reports wants them; sources below the folder itself are preferred, which may be a module of many.
     *
     * @param folder absolute
     */
    public static SourceFiles inRepositoryOf(Path folder) {
        for (Path base = folder; base != null; base = base.getParent()) {
            if (Files.exists(base.resolve(".git"))) {
                return new SourceFiles(base, folder);
            }
        }
        return new SourceFiles(folder, folder);
    }

    private String relative(String root) {
        Path path = base.resolve(root).normalize();
        Path from = base.normalize();
        return (path.startsWith(from) ? from.relativize(path) : path).toString().replace('\\', '/');
    }

    private static List<String> discover(Path base) {
        List<String> roots = new ArrayList<>();
        try {
            Files.walkFileTree(
                    base, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEPTH, new SimpleFileVisitor<>() {
                        private int folders;

                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                            if (++folders > FOLDERS) {
                                return FileVisitResult.TERMINATE;
                            }
                            String name = String.valueOf(folder.getFileName());
                            if (!folder.equals(base) && (name.startsWith(".") || NO_SOURCES.contains(name))) {
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            Path above = folder.getParent() == null
                                    ? null
                                    : folder.getParent().getParent();
                            if (LANGUAGES.contains(name) && above != null && above.endsWith("src")) {
                                roots.add(base.relativize(folder).toString().replace('\\', '/'));
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE; // a folder that cannot be read holds no sources for us
                        }
                    });
        } catch (IOException e) {
            roots.clear();
        }
        roots.sort(null);
        if (roots.remove(CONVENTION) || roots.isEmpty()) {
            roots.add(0, CONVENTION);
        }
        return roots;
    }

    /**
     * Where an alert points: the innermost application frame, of the party most likely to blame, whose source file is there;
     * if none is, the innermost application frame; {@code null} where no party has one.
     */
    SourceLine of(Alert alert) {
        SourceLine guess = null;
        for (Party party : alert.bySuspicion()) {
            SourceLine line = of(party);
            if (line != null && line.found()) {
                return line;
            }
            guess = guess == null ? line : guess;
        }
        return guess;
    }

    /** The same for one party. */
    SourceLine of(Party party) {
        SourceLine guess = null;
        for (StackTraceElement frame : party.frames()) {
            if (Frames.origin(frame) == Frames.Origin.APPLICATION) {
                SourceLine line = of(frame);
                if (line.found()) {
                    return line;
                }
                guess = guess == null ? line : guess;
            }
        }
        return guess;
    }

    /** The source line of any frame. */
    SourceLine of(StackTraceElement frame) {
        String file = fileOf(frame);
        SourceLine start = known.get(file);
        if (start == null) {
            start = find(file);
            known.put(file, start);
        }
        return new SourceLine(start.path(), Math.max(0, frame.getLineNumber()), start.found());
    }

    private SourceLine find(String file) {
        for (String root : roots) {
            try {
                if (Files.isRegularFile(base.resolve(root).resolve(file))) {
                    return new SourceLine(root.isEmpty() ? file : root + "/" + file, 0, true);
                }
            } catch (InvalidPathException e) {
                break;
            }
        }
        String root = roots.get(0);
        return new SourceLine(root.isEmpty() ? file : root + "/" + file, 0, false);
    }

    /** {@code com/acme/Pool.java} for a frame of {@code com.acme.Pool$Entry}; whatever a file says, never out of the root. */
    private static String fileOf(StackTraceElement frame) {
        String type = frame.getClassName();
        int hidden = type.indexOf('/');
        type = hidden < 0 ? type : type.substring(0, hidden);
        int dot = type.lastIndexOf('.');
        String simple = type.substring(dot + 1);
        int inner = simple.indexOf('$', 1);
        String file = frame.getFileName();
        if (file == null || file.indexOf('/') >= 0 || file.indexOf('\\') >= 0) {
            file = (inner < 0 ? simple : simple.substring(0, inner)) + ".java";
        }
        StringBuilder path = new StringBuilder();
        for (String part : type.substring(0, Math.max(dot, 0)).split("\\.", -1)) {
            if (!part.isEmpty()) {
                path.append(part.replace('\\', '_')).append('/');
            }
        }
        return path.append(file.equals("..") ? "_" : file.replace('\\', '_')).toString();
    }
}
