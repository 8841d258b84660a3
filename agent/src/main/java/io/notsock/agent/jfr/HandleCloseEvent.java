package io.notsock.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
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
final class HandleCloseEvent extends HandleEvent {
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
