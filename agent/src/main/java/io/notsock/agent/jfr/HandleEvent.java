package io.notsock.agent.jfr;

import io.notsock.registry.Life;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What the opening and the closing of a handle have in common; no event of its own. */
abstract class HandleEvent extends Event {
    @Label("Number")
    @Description("The descriptor, or the value of the Windows handle")
    long number;

    @Label("Generation")
    @Description("Which tenure of the number, counted from 1")
    long generation;

    @Label("Space")
    @Description("What the number is a number of: fd, handle, crt-fd, pthread")
    String space;

    @Label("Type")
    String type;

    @Label("API")
    @Description("Through what it was opened, or closed")
    String api;

    @Label("Owner")
    @Description("The class of the object that is to close it; none where a plain integer is all there is")
    String owner;

    final void handle(Life life) {
        number = life.number();
        generation = life.generation();
        space = life.space().label();
        type = life.type().label();
    }
}
