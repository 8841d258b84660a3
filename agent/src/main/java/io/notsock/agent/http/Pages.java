package io.notsock.agent.http;

import io.notsock.agent.live.LiveView;
import io.notsock.report.HandleJson;
import io.notsock.report.PrometheusFormat;

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
            case "/metrics":
                return Response.ok(PrometheusFormat.CONTENT_TYPE, PrometheusFormat.page(live.counts()));
            case "/list.json":
                return Response.ok(Response.JSON, HandleJson.list(live.whole()));
            case "/history.json":
                return history(request.parameter("number"));
            default:
                return Response.refusal("404 Not Found", "there are /metrics, /list.json and /history.json?number=N");
        }
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
