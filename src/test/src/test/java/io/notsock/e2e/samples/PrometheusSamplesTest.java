package io.notsock.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notsock.e2e.live.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules and the dashboard in {@code samples/} are right by Prometheus' own checker, and name metrics that exist. */
class PrometheusSamplesTest {
    private static final Path SAMPLES =
            Path.of("../../samples").toAbsolutePath().normalize();
    private static final Set<String> METRICS = Set.of(
            "notsock_open_handles",
            "notsock_opened_total",
            "notsock_closed_total",
            "notsock_alerts_total",
            "notsock_redundant_closes_total",
            "notsock_dropped_alerts_total",
            "notsock_unclassified_handles");

    @TempDir
    Path folder;

    @Test
    void theRulesHoldTheirTests() throws Exception {
        if (!Promtool.there()) {
            return;
        }
        Path rules = SAMPLES.resolve("prometheus/notsock.rules.yml");
        Path tests = SAMPLES.resolve("prometheus/notsock.tests.yml");
        assertThat(Promtool.run(null, "check", "rules", rules.toString())).contains("SUCCESS: 6 rules found");
        assertThat(Promtool.run(null, "test", "rules", tests.toString())).contains("SUCCESS");
    }

    @Test
    void everyRuleAndPanelNamesMetricsThatExist() throws Exception {
        Set<String> named = new TreeSet<>();
        Matcher names = Pattern.compile("notsock_\\w+")
                .matcher(Files.readString(SAMPLES.resolve("prometheus/notsock.rules.yml")) + expressions());
        while (names.find()) {
            named.add(names.group());
        }
        assertThat(named).isEqualTo(new TreeSet<>(METRICS));
    }

    /** Prometheus parses each expression of the dashboard, with values for Grafana's variables. */
    @Test
    void theDashboardsExpressionsParse() throws Exception {
        List<String> expressions = expressions();
        assertThat(expressions).hasSizeGreaterThan(8);
        if (!Promtool.there()) {
            return;
        }
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            String expression = expressions
                    .get(i)
                    .replace("$__range", "6h")
                    .replace("$__rate_interval", "5m")
                    .replaceAll("\\$(job|instance)", ".*");
            rules.append("      - record: panel:").append(i).append("\n        expr: '");
            rules.append(expression.replace("'", "''")).append("'\n");
        }
        Path file = Files.writeString(folder.resolve("dashboard.yml"), rules);
        assertThat(Promtool.run(null, "check", "rules", "--lint=none", file.toString()))
                .contains("SUCCESS: " + expressions.size() + " rules found");
    }

    private static List<String> expressions() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(SAMPLES.resolve("grafana/notsock.json").toFile());
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asText());
            }
        }
        return expressions;
    }
}
