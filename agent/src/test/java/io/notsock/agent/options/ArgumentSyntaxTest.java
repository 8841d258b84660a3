package io.notsock.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentSyntaxTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void nothingIsFine(String argument) {
        assertThat(Sources.argument(argument).read().problems()).isEmpty();
    }

    @Test
    void keysAndValuesInARow() {
        Options options =
                Sources.argument("level=INFO,history=9,alerts=a=b.jsonl,").read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.history()).isEqualTo(9);
        assertThat(options.alerts()).isEqualTo("a=b.jsonl");
    }

    @Test
    void whitespaceAroundIsNotPartOfAnything() {
        Options options = Sources.argument(" level = INFO ,\thistory=9\n, alerts = \"a b\" , report= c d ")
                .read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.history()).isEqualTo(9);
        assertThat(options.alerts()).isEqualTo("a b");
        assertThat(options.report()).isEqualTo("c d");
    }

    @Test
    void quotedValuesKeepCommasAndSpaces() {
        Options options = Sources.argument("alerts=\" a,b \",level=INFO,report=\"c,level=ERROR\"")
                .read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.alerts()).isEqualTo(" a,b ");
        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.report()).isEqualTo("c,level=ERROR");
    }

    @Test
    void aBackslashEscapesAQuoteAndNothingElse() {
        Options options = Sources.argument("alerts=\"say \\\"hi\\\", you\",report=\"C:\\new\\x\",journal=C:\\temp")
                .read();

        assertThat(options.problems()).isEmpty();
        assertThat(options.alerts()).isEqualTo("say \"hi\", you");
        assertThat(options.report()).isEqualTo("C:\\new\\x");
        assertThat(options.journal()).isEqualTo("C:\\temp");
    }

    @Test
    void aQuoteInsideAPlainValueIsItself() {
        assertThat(Sources.argument("alerts=a\"b").read().alerts()).isEqualTo("a\"b");
    }

    @Test
    void theLastOfTwoCounts() {
        Options options = Sources.argument("level=INFO,level=ERROR").read();

        assertThat(options.level()).isEqualTo("ERROR");
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void aFlagIsAnError() {
        Options options = Sources.argument("leaks,level=INFO").read();

        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.leaks()).isFalse();
        assertThat(options.problems())
                .containsExactly("leaks (agent argument): no '=', ignored; write key=value,key=value and quote a value"
                        + " that contains a comma: key=\"a,b\"; the nearest key is leaks (off, on)");
    }

    @Test
    void anUnquotedCommaIsExplained() {
        Options options = Sources.argument("alerts=a,b.jsonl").read();

        assertThat(options.alerts()).isEqualTo("a");
        assertThat(options.problems()).singleElement().asString().contains("b.jsonl", "key=\"a,b\"");
    }

    @Test
    void anUnclosedQuoteTakesTheRestWithIt() {
        Options options = Sources.argument("level=INFO,history=\"9,alerts=x")
                .property("notsock.history", "7")
                .read();

        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.history()).isEqualTo(4);
        assertThat(options.alerts()).isNull();
        assertThat(options.problems())
                .containsExactly("history=\"9,alerts=x (agent argument): the quote is not closed; ignored up to the end"
                        + " (\\\" within quotes is a quote)");
    }

    @Test
    void textAfterTheClosingQuoteSpoilsTheValueOnly() {
        Options options = Sources.argument("alerts=\"a,b\"c,level=INFO").read();

        assertThat(options.alerts()).isNull();
        assertThat(options.level()).isEqualTo("INFO");
        assertThat(options.problems())
                .containsExactly("alerts=\"a,b\"c (agent argument): text after the closing quote; ignored"
                        + " (\\\" within quotes is a quote)");
    }

    @Test
    void missingKeyOrValue() {
        assertThat(Sources.argument("=x").read().problems())
                .singleElement()
                .asString()
                .startsWith("=x (agent argument): unknown key");
        assertThat(Sources.argument("level=,history=5").read().problems())
                .containsExactly("level= (agent argument): accepted: ERROR, WARN, INFO; in effect: WARN");
        assertThat(Sources.argument("alerts=\"\"").read().problems())
                .containsExactly("alerts= (agent argument): accepted: a file name; in effect: none");
        assertThat(Sources.argument("level=").read().problems()).hasSize(1);
        assertThat(Sources.argument("alerts=\"").read().problems()).hasSize(1);
    }

    @Test
    void everyProblemIsReportedAndStaysOneLine() {
        Options options = Sources.argument("level=a\nb,oops,histroy=5,alerts=\"x\"y,probe=\u2028" + "z".repeat(9_000))
                .read();

        assertThat(options.problems())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContainPattern("[\\p{Cntrl}\\u2028]")
                        .hasSizeLessThan(400));
        assertThat(options.problems()).anyMatch(line -> line.contains("level=a\\u000ab"));
    }
}
