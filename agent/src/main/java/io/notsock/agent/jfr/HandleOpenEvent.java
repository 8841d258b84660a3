package io.notsock.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
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
final class HandleOpenEvent extends HandleEvent {}
