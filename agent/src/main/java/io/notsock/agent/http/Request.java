package io.notsock.agent.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The head of a request of HTTP/1.0 or 1.1; a body is of no interest to a server that only shows things. Immutable. */
final class Request {
    /** Far more than a scraper or a browser on this machine sends. */
    static final int LONGEST_HEAD = 8192;

    private final String method;
    private final String path;
    private final String query;
    private final String host;

    private Request(String method, String path, String query, String host) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.host = host;
    }

    /** Where the head ends in these bytes, empty line included, or -1 where it has not ended yet. */
    static int endOfHead(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /** The request, or {@code null} where this is no head of one. */
    static Request parse(byte[] bytes, int length) {
        String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !words[1].startsWith("/")) {
            return null;
        }
        String host = null;
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                return null;
            }
            if (lines[i].substring(0, colon).toLowerCase(Locale.ROOT).equals("host")) {
                if (host != null) {
                    return null; // two of them: RFC 9112 wants that refused
                }
                host = lines[i].substring(colon + 1).trim();
            }
        }
        int mark = words[1].indexOf('?');
        String path = mark < 0 ? words[1] : words[1].substring(0, mark);
        return new Request(words[0], path, mark < 0 ? "" : words[1].substring(mark + 1), host);
    }

    /** Only asks to see something. */
    boolean reads() {
        return method.equals("GET") || headOnly();
    }

    boolean headOnly() {
        return method.equals("HEAD");
    }

    String path() {
        return path;
    }

    /** The value of a parameter in the query, as it was written, or {@code null}. */
    String parameter(String name) {
        for (String part : query.split("&", -1)) {
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** The {@code Host} header, or {@code null}. */
    String host() {
        return host;
    }
}
