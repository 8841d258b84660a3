package io.notsock.agent.options;

import java.nio.file.Files;
import java.nio.file.Path;

/** The repository that the tests run in. */
final class Checkout {
    private Checkout() {}

    /** Its root, whichever folder the tests run in. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/options.md"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no folder above has docs/options.md");
        }
        return folder;
    }
}
