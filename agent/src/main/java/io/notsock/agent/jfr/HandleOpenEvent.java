package io.notsock.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A handle was opened, by the event's thread, from its stack. */
@Name("io.notsock.HandleOpen")
@Label("Handle Open")
@Description("A handle of the operating system was opened")
@Category("notsock")
@Enabled(false)
@StackTrace(true)
final class HandleOpenEvent extends Event {
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
    @Description("Through what it was opened")
    String api;

    @Label("Owner")
    @Description("The class of the object that is to close it; none where a plain integer is all there is")
    String owner;
}
