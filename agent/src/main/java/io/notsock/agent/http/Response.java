package io.notsock.agent.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A whole response; the connection ends with it. Immutable. */
final class Response {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";
    static final String JSON_LINES = "application/x-ndjson; charset=utf-8";

    private final String status;
    private final String contentType;
    private final byte[] body;
    private final String refresh;

    private Response(String status, String contentType, byte[] body, String refresh) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.refresh = refresh;
    }

    static Response ok(String contentType, String body) {
        return new Response("200 OK", contentType, body.getBytes(StandardCharsets.UTF_8), null);
    }

    /** @param status code and reason, {@code 404 Not Found} */
    static Response refusal(String status, String why) {
        return new Response(status, TEXT, (why + "\n").getBytes(StandardCharsets.UTF_8), null);
    }

    /** The same, and the browser asks again after so many seconds. */
    Response refreshedAfter(String seconds) {
        return new Response(status, contentType, body, seconds);
    }

    /** The bytes to send; without the body for {@code HEAD}. */
    ByteBuffer bytes(boolean headOnly) {
        String head = "HTTP/1.1 " + status + "\r\n"
                + "Content-Type: " + contentType + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + (status.startsWith("405") ? "Allow: GET, HEAD\r\n" : "")
                + (refresh == null ? "" : "Refresh: " + refresh + "\r\n")
                + "Connection: close\r\n"
                + "Cache-Control: no-store\r\n"
                // The page brings all it needs; whatever a thread or a path is called, it loads and runs nothing else.
                + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
                + " img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "Cross-Origin-Resource-Policy: same-origin\r\n"
                + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer all = ByteBuffer.allocate(start.length + (headOnly ? 0 : body.length));
        all.put(start);
        if (!headOnly) {
            all.put(body);
        }
        all.flip();
        return all;
    }
}
