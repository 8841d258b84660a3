package io.notsock.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/** Makes the folders that a file of ours is to lie in. */
public final class Folders {
    private Folders() {}

    /**
     * Makes a folder and those above it where they are missing. It is looked for first, since {@code createDirectories} takes a link to a folder
     * for a file that is in its place (JDK-8294193: JDK 11, and 17 before 17.0.14).
     *
     * @param attributes of those that are made, such as {@link OwnerOnly#folder}
     * @throws IOException where it cannot be made, or a file is in its place
     */
    public static void create(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes);
        }
    }
}
