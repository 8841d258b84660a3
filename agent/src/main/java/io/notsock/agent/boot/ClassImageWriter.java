package io.notsock.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what {@link ClassImage} reads. Run by the build, not part of the jar. */
public final class ClassImageWriter {
    private static final String SUFFIX = ".class";
    private static final String BOOT = "io.notsock.agent.boot.";
    /** Run by the build, as this one. */
    private static final List<String> OF_THE_BUILD =
            List.of("io.notsock.agent.weave.HooksForJdk11", "io.notsock.agent.weave.EntryPointsForReflection");

    private ClassImageWriter() {}

    /** @param args the jar with the agent's classes; a folder with what else a start needs; the folder for the images */
    public static void main(String[] args) throws IOException {
        Map<String, Map<String, byte[]>> images = new TreeMap<>();
        Map<Integer, String> byHash = new HashMap<>();
        try (JarFile jar = new JarFile(args[0])) {
            for (JarEntry entry : jar.stream().collect(Collectors.toList())) {
                String name = entry.getName();
                if (name.endsWith(".compiled")) {
                    add(images, byHash, ClassImage.START, name, jar, entry);
                } else if (name.endsWith(SUFFIX)) {
                    String className =
                            name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
                    String image = ClassImage.of(className);
                    if (image == null) {
                        throw new IllegalStateException(className + " has not been relocated");
                    }
                    if (!className.startsWith(BOOT) && OF_THE_BUILD.stream().noneMatch(className::startsWith)) {
                        add(images, byHash, image, className, jar, entry);
                    }
                }
            }
        }
        try (Stream<Path> files = Files.list(Path.of(args[1]))) {
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                put(images, byHash, ClassImage.START, file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        for (Map.Entry<String, Map<String, byte[]>> image : images.entrySet()) {
            Files.write(Path.of(args[2], image.getKey() + ".image"), image(image.getValue()));
        }
    }

    private static void add(
            Map<String, Map<String, byte[]>> images,
            Map<Integer, String> byHash,
            String image,
            String name,
            JarFile jar,
            JarEntry entry)
            throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            put(images, byHash, image, name, in.readAllBytes());
        }
    }

    /** No two names may have the same hash: one would be taken for the other. */
    private static void put(
            Map<String, Map<String, byte[]>> images,
            Map<Integer, String> byHash,
            String image,
            String name,
            byte[] content) {
        String twin = byHash.put(name.hashCode(), name);
        if (twin != null) {
            throw new IllegalStateException(name + " and " + twin + " have the same hash: rename one");
        }
        images.computeIfAbsent(image, i -> new TreeMap<>()).put(name, content);
    }

    static byte[] image(Map<String, byte[]> classes) {
        int rows = Integer.highestOneBit(Math.max(1, classes.size())) * 4; // at most half full
        int size = ClassImage.HEADER + rows * ClassImage.ROW;
        for (byte[] file : classes.values()) {
            size += file.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(0, rows);
        int at = ClassImage.HEADER + rows * ClassImage.ROW;
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            int hash = each.getKey().hashCode();
            int slot = hash & rows - 1;
            while (out.getInt(row(slot) + 4) != 0) {
                slot = slot + 1 & rows - 1;
            }
            out.putInt(row(slot), hash).putInt(row(slot) + 4, at).putInt(row(slot) + 8, each.getValue().length);
            out.position(at);
            out.put(each.getValue());
            at += each.getValue().length;
        }
        return out.array();
    }

    private static int row(int slot) {
        return ClassImage.HEADER + slot * ClassImage.ROW;
    }
}
