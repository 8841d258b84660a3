/** Reads alerts files back: line by line, whatever stands in them, in bounded memory. */
package io.notsock.report.read;
