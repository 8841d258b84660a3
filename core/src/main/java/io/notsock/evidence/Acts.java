package io.notsock.evidence;

import java.util.function.Consumer;

/** Keeps acts outside the registry: their raw stacks, which hold classes, have to be rendered like those in there. */
public interface Acts {
    /** Visits every act kept, and lets go of those whose object is gone. For the agent's own thread. */
    void forEachAct(Consumer<Act> visitor);
}
