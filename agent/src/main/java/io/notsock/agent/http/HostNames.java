package io.notsock.agent.http;

import java.util.Locale;
import java.util.Set;

/**
 * Decides by the {@code Host} header who is served. A page of a stranger can make a browser send requests to this machine
 * under a name of the stranger's that has come to mean 127.0.0.1 (DNS rebinding); that name is then in the header. An
 * address cannot be made to mean another, so addresses are served, and of names only those of this server.
 */
final class HostNames {
    private final Set<String> names;

    /** @param names by which this server is known, besides {@code localhost} and addresses */
    HostNames(Set<String> names) {
        this.names = names;
    }

    /** @param header the value of {@code Host}, or {@code null} where there was none */
    boolean serves(String header) {
        if (header == null) {
            return false;
        }
        String host = withoutPort(header.trim()).toLowerCase(Locale.ROOT);
        return host.equals("localhost") || isAddress(host) || names.contains(host);
    }

    private static String withoutPort(String header) {
        int end = header.startsWith("[") ? header.indexOf(']') + 1 : header.indexOf(':');
        return end <= 0 ? header : header.substring(0, end);
    }

    private static boolean isAddress(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return consistsOf(host.substring(1, host.length() - 1), "0123456789abcdef:.%");
        }
        // A name's last label is never all digits (RFC 1123), so this is no name.
        int last = host.lastIndexOf('.');
        return last > 0 && consistsOf(host.substring(last + 1), "0123456789") && consistsOf(host, "0123456789.");
    }

    private static boolean consistsOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
