/** Which word somebody meant who has misspelt it: for the messages about options and catalogs. */
package io.notsock.spelling;
