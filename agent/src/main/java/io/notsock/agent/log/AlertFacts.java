package io.notsock.agent.log;

import io.notsock.alert.Alert;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the event of an alert carries beside its message, whoever's logging writes it. */
final class AlertFacts {
    static final String LOGGER = "notsock.alert";
    static final String MARKER = "NOTSOCK_ALERT";

    private AlertFacts() {}

    /** The key-values in their order, by their ECS names where there are any; values are strings and numbers. */
    static Map<String, Object> of(Alert alert) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("event.kind", "alert");
        facts.put("event.code", alert.kind().name());
        facts.put("event.id", alert.id());
        facts.put("notsock.incident", alert.incident());
        facts.put("notsock.fingerprint", alert.fingerprint());
        facts.put("notsock.confidence", alert.confidence().label());
        facts.put("notsock.culprit", alert.culprit().label());
        facts.put("notsock.space", alert.handle().space().label());
        facts.put("notsock.number", alert.handle().number());
        facts.put("notsock.type", alert.handle().type().label());
        facts.put("notsock.summary", alert.summary());
        facts.put("notsock.count", alert.count());
        return facts;
    }
}
