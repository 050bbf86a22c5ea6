/**
 * The client {@code rest}: records of OpenMRS's REST API. A document is what OpenMRS shows with
 * {@code v=full}, without links and the history of changes; it is named by its type and its UUID.
 *
 * <p>OpenMRS gives its records no versions, and heeds none. So a version is a hash of what the
 * record says, and the record is looked at before each change: what somebody changes there in the
 * moment between look and change is lost, which no client of that API can help.
 *
 * <p>Of a change only those members are sent that differ from the version on which it stands, and
 * never what OpenMRS makes itself; whatever it only refers to goes as a UUID. A document that is
 * deleted, or says that it is voided or retired, is a {@code DELETE}; OpenMRS keeps it as such.
 */
@NullMarked
package org.skerry.exchange.client.rest;

import org.jspecify.annotations.NullMarked;
