package io.notsock.agent.jmx;

import io.notsock.agent.coverage.Coverage;
import io.notsock.agent.live.LiveView;
import io.notsock.alert.AlertKind;
import io.notsock.handle.HandleType;
import io.notsock.handle.Space;
import io.notsock.report.HandleText;
import io.notsock.report.html.HtmlReport;
import io.notsock.snapshot.Totals;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.StandardEmitterMBean;

/** The MBean {@code io.notsock:type=HandleRegistry}. Any thread may ask; every answer is made anew. */
final class HandleRegistry extends StandardEmitterMBean implements HandleRegistryMXBean {
    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("TrackedSince", "When the agent came; what was before is not known"),
            Map.entry("AttachedLate", "Whether the agent was attached to a running JVM"),
            Map.entry("OpenHandles", "The application's open handles, as far as they were seen to be opened"),
            Map.entry("OpenHandlesByType", "The application's open handles by space and type"),
            Map.entry("Opened", "Handles that the application opened"),
            Map.entry("Closed", "Handles of the application that were closed"),
            Map.entry("AlertsByKind", "Alerts by kind, repeats counted"),
            Map.entry("RedundantCloses", "Second closes that never reached the operating system"),
            Map.entry("DroppedAlerts", "Alerts that could not be written"),
            Map.entry("Coverage", "How many of the handles that the operating system lists are of which class"),
            Map.entry("UnclassifiedHandles", "Handles that the operating system lists and the agent cannot explain"),
            Map.entry("Problems", "What does not work on this JVM"),
            Map.entry("list", "The open handles with owner, age and opening site, as a table"),
            Map.entry("history", "What is known of a number: who opened it, who closed it, life by life"),
            Map.entry("report", "The report of this moment: one HTML page that needs nothing else"));

    private final LiveView live;

    HandleRegistry(LiveView live, NotificationEmitter emitter) {
        super(HandleRegistryMXBean.class, true, emitter);
        this.live = live;
    }

    @Override
    public Date getTrackedSince() {
        return Date.from(live.since());
    }

    @Override
    public boolean isAttachedLate() {
        return live.attachedLate();
    }

    @Override
    public long getOpenHandles() {
        return getOpenHandlesByType().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public Map<String, Long> getOpenHandlesByType() {
        Totals totals = live.totals();
        Map<String, Long> open = new LinkedHashMap<>();
        for (Space space : Space.values()) {
            for (Map.Entry<HandleType, Long> type : totals.open(space).entrySet()) {
                open.put(space.label() + "/" + type.getKey().label(), type.getValue());
            }
        }
        return open;
    }

    @Override
    public long getOpened() {
        return live.totals().opened();
    }

    @Override
    public long getClosed() {
        return live.totals().closed();
    }

    @Override
    public Map<String, Long> getAlertsByKind() {
        Map<String, Long> alerts = new LinkedHashMap<>();
        for (AlertKind kind : AlertKind.values()) {
            alerts.put(kind.name(), live.counters().ofKind(kind));
        }
        return alerts;
    }

    @Override
    public long getRedundantCloses() {
        return live.redundantCloses();
    }

    @Override
    public long getDroppedAlerts() {
        return live.counters().dropped();
    }

    @Override
    public Map<String, Integer> getCoverage() {
        Coverage.Stock stock = live.coverage();
        return stock == null ? null : stock.counts();
    }

    @Override
    public List<String> getUnclassifiedHandles() {
        Coverage.Stock stock = live.coverage();
        return stock == null ? null : stock.unclassified();
    }

    @Override
    public String getProblems() {
        return live.problems();
    }

    @Override
    public String list() {
        return HandleText.list(live.whole());
    }

    @Override
    public String history(long number) {
        return HandleText.history(live.heading(), number, live.history(number));
    }

    @Override
    public String report() {
        StringWriter page = new StringWriter(1 << 16);
        try {
            HtmlReport.write(live.report(), page);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a resource is missing in the jar
        }
        return page.toString();
    }

    // --- what a console shows beside the names -----------------------------------------------------------------------

    @Override
    protected String getDescription(MBeanInfo info) {
        return "Who opened, owns, closed and reused the operating system's handles of this JVM (notsock)";
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return DESCRIPTIONS.get(info.getName());
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return DESCRIPTIONS.get(info.getName());
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return MBeanOperationInfo.INFO;
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return "number";
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return "The descriptor, or the value of the Windows handle";
    }
}
