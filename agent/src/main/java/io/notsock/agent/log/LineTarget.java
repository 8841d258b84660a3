package io.notsock.agent.log;

import java.io.IOException;

/** Where the agent's log goes unless the user's own Logback configuration says otherwise. */
interface LineTarget {
    /** Writes a message and a newline by one write. */
    void write(String message) throws IOException;
}
