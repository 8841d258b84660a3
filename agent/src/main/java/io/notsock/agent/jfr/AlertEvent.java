package io.notsock.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

/**
 * An alert. The event is written by the agent's thread, when it is known who is who: its own stack says nothing, those of
 * the parties stand in the fields.
 */
@Name("io.notsock.Alert")
@Label("Handle Alert")
@Description("A handle of the operating system was closed or used by somebody who had no right to")
@Category("notsock")
@StackTrace(false)
final class AlertEvent extends Event {
    @Label("Time of the Act")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long time;

    @Label("Kind")
    String kind;

    @Label("Level")
    String level;

    @Label("Summary")
    String summary;

    @Label("Culprit")
    @Description("Whose code has to change: rogue, firstClose or unknown")
    String culprit;

    @Label("Confidence")
    String confidence;

    @Label("Number")
    @Description("The descriptor, or the value of the Windows handle")
    long number;

    @Label("Generation")
    @Description("Which tenure of the number, counted from 1; 0 where it is not known")
    long generation;

    @Label("Space")
    String space;

    @Label("Type")
    String type;

    @Label("Rogue")
    @Description("Whose close or use raised the alert")
    String rogue;

    @Label("First Close")
    @Description("Who had closed the handle before")
    String firstClose;

    @Label("Victim")
    @Description("Who opened the handle that suffers")
    String victim;

    @Label("Consequence")
    String consequence;

    @Label("Advice")
    String advice;

    @Label("Alert Id")
    String alertId;

    @Label("Incident")
    @Description("What follows from one wrong close has one incident")
    String incident;

    @Label("Fingerprint")
    String fingerprint;

    @Label("Count")
    @Description("How often it occurred so far")
    long count;
}
