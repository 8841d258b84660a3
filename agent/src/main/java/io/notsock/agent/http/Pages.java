package io.notsock.agent.http;

import io.notsock.agent.live.LiveView;
import io.notsock.alert.Alert;
import io.notsock.report.HandleJson;
import io.notsock.report.JsonFormat;
import io.notsock.report.PrometheusFormat;
import io.notsock.report.html.HtmlReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What is served under which path. */
final class Pages {
    private final LiveView live;
    private final HostNames names;

    Pages(LiveView live, HostNames names) {
        this.live = live;
        this.names = names;
    }

    /** The answer to a request; {@code null} stands for one that could not be understood. */
    Response answer(Request request) {
        if (request == null) {
            return Response.refusal("400 Bad Request", "not understood");
        }
        if (!names.serves(request.host())) {
            return Response.refusal(
                    "403 Forbidden", "served are addresses, localhost and the host that the option metrics= names");
        }
        if (!request.reads()) {
            return Response.refusal("405 Method Not Allowed", "there is nothing to change here: GET and HEAD only");
        }
        switch (request.path()) {
            case "/":
                return page(request.parameter("refresh"));
            case "/alerts.jsonl":
                return Response.ok(Response.JSON_LINES, alerts());
            case "/metrics":
                return Response.ok(PrometheusFormat.CONTENT_TYPE, PrometheusFormat.page(live.counts()));
            case "/list.json":
                return Response.ok(Response.JSON, HandleJson.list(live.whole()));
            case "/history.json":
                return history(request.parameter("number"));
            default:
                return Response.refusal(
                        "404 Not Found", "there are /, /metrics, /alerts.jsonl, /list.json and /history.json?number=N");
        }
    }

    /** The report of this moment. With {@code refresh=SECONDS} the browser asks again by itself. */
    private Response page(String refresh) {
        StringWriter page = new StringWriter(1 << 16);
        try {
            HtmlReport.write(live.report(), page);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a resource is missing in the jar
        }
        Response response = Response.ok(Response.HTML, page.toString());
        return refresh != null && refresh.matches("[1-9][0-9]{0,3}") ? response.refreshedAfter(refresh) : response;
    }

    private String alerts() {
        StringBuilder lines = new StringBuilder();
        for (Alert alert : live.alerts()) {
            lines.append(JsonFormat.line(alert)).append('\n');
        }
        return lines.toString();
    }

    private Response history(String number) {
        try {
            long parsed = Long.parseLong(String.valueOf(number));
            return Response.ok(Response.JSON, HandleJson.history(live.heading(), parsed, live.history(parsed)));
        } catch (NumberFormatException e) {
            return Response.refusal("400 Bad Request", "/history.json?number=N wants a decimal number");
        }
    }
}
