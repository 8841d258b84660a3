package io.notsock.agent.weave;

import io.notsock.catalog.Place;
import net.bytebuddy.jar.asm.Type;

/** Puts the values that a catalog entry names on the operand stack, at one point of one method. */
interface Places {
    /** Loads the value at this place; its type. */
    Type load(Place place);

    /** Loads the result of the hooked method or call; its type, void where there is none to load. */
    Type loadResult();
}
