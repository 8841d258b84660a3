package io.notsock.agent.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Takes a question of the command line's that comes without any agent being loaded: who asks leaves it in a file, then has the attach
 * mechanism ask this JVM for its agent's properties. Loading the agent once more, only to ask it, makes JVMs of 21 and later warn.
 *
 * <p>The file lies in the folder for temporary files under a name with the process's id, and is taken only from the user that the process
 * belongs to: others may write there, too, and the question names the file that the answer goes to. Linux only, where that can be told.
 */
public final class Knock {
    private static final String PREFIX = "notsock-question-";
    /** A file name and a few words. */
    private static final long LONGEST = 8192;

    private static final Path SELF = Path.of("/proc/self");

    private Knock() {}

    /**
     * Where the question for a process lies.
     *
     * @param folder that process's {@code java.io.tmpdir}
     */
    public static Path file(String folder, String pid) {
        return Path.of(folder, PREFIX + pid);
    }

    /**
     * Somebody has asked for the properties: answers what lies there, if anything does.
     *
     * @param answers for {@code to-file FILE LF QUESTION}
     */
    public static void answer(UnaryOperator<String> answers) {
        OnAgentThread.call(() -> {
            String question = question();
            return question == null ? null : answers.apply(Questions.TO_FILE + question);
        });
    }

    private static String question() {
        try {
            Path file = file(
                    System.getProperty("java.io.tmpdir"),
                    SELF.toRealPath().getFileName().toString());
            boolean ours = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) <= LONGEST
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(SELF));
            return ours ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : null;
        } catch (IOException | RuntimeException e) {
            return null; // nobody has asked, or has gone again
        }
    }
}
