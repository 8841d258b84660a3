package io.notsock.agent.boot;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A question of the command line's to the agent that may be in this JVM. It comes by the attach mechanism, as an agent's
 * argument: mark, file for the answer, line feed, question. It starts no agent where there is none.
 */
final class Question {
    /** No option begins so. */
    static final String MARK = "?";
    /** Instead of an answer: no agent is in this JVM. */
    static final String NOBODY = "!none";
    /** Instead of an answer: the agent in this JVM is another version, or could not. */
    static final String NOT_UNDERSTOOD = "!not understood";

    private Question() {}

    static void answer(String argument) throws IOException {
        String request = argument.substring(MARK.length());
        String refusal = ask(request);
        int end = request.indexOf('\n');
        if (refusal != null && end > 0) {
            File file = new File(request.substring(0, end));
            if (file.exists()) {
                try (FileOutputStream out = new FileOutputStream(file)) {
                    out.write(refusal.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** Has the agent write its answer; {@code null} if it did. */
    private static String ask(String request) {
        Class<?> hooks;
        try {
            hooks = Class.forName("java.io.NotsockHooks", false, null);
        } catch (ClassNotFoundException e) {
            return NOBODY;
        }
        try {
            Object done = hooks.getMethod("ask", String.class).invoke(null, "to-file " + request);
            return "written".equals(done) ? null : done == null ? NOT_UNDERSTOOD : NOT_UNDERSTOOD + ": " + done;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return NOT_UNDERSTOOD + ": " + e;
        }
    }
}
