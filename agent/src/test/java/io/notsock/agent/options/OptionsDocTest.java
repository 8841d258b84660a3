package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the table of {@code docs/options.md}; {@code -Ddocs.write=true} renews it. */
class OptionsDocTest {
    private static final String BEGIN = "<!-- table: ";
    private static final String END = "<!-- end of table -->";

    @Test
    void theTableIsCurrent() throws IOException {
        Path page = Checkout.root().resolve("docs/options.md");
        String text = Files.readString(page).replace("\r\n", "\n");
        int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
        int end = text.indexOf(END);
        if (Boolean.getBoolean("docs.write")) {
            text = text.substring(0, begin) + table() + text.substring(end);
            Files.writeString(page, text);
            end = text.indexOf(END);
        }

        assertThat(text.substring(begin, end)).isEqualTo(table());
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| key | default | accepted | meaning |\n|---|---|---|---|\n");
        for (OptionKey key : OptionKey.values()) {
            String shown = key.defaultText(false) == null
                    ? "*(" + key.defaultInWords() + ")*"
                    : "`" + key.defaultText(false) + "`";
            table.append("| `").append(key.key()).append("` | ").append(shown).append(" | ");
            table.append(key.accepted()).append(" | ").append(key.meaning()).append(" |\n");
        }
        return table.toString();
    }
}
