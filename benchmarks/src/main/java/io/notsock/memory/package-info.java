/** What the registry costs in memory: {@code memory.sh}; and what stays of long churn: {@code soak.sh}. */
package io.notsock.memory;
