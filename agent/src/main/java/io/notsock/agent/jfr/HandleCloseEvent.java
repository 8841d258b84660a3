package io.notsock.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A handle was closed, by the event's thread, from its stack. */
@Name("io.notsock.HandleClose")
@Label("Handle Close")
@Description("A handle of the operating system was closed")
@Category("notsock")
@Enabled(false)
@StackTrace(true)
final class HandleCloseEvent extends Event {
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
    @Description("Through what it was closed")
    String api;

    @Label("Owner")
    @Description("The class of the object that is to close it; none where a plain integer is all there is")
    String owner;

    @Label("Open For")
    @Description("How long it was open")
    @Timespan(Timespan.NANOSECONDS)
    long openFor;

    @Label("Opened By")
    @Description("The thread that opened it")
    String openedBy;

    @Label("By Stranger")
    @Description("Whether somebody closed it who had no right to; an alert says more")
    boolean byStranger;
}
