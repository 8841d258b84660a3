/** The programs of the whole-process measurements: {@code start-cost.sh} and {@code request-cost.sh}. */
package io.notsock.process;
