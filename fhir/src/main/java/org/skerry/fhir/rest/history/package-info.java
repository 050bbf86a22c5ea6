/**
 * Histories (http://hl7.org/fhir/R4/http.html#history): of a resource from its revision tree, of a
 * type and of the system from the database's feed.
 *
 * <p>A feed has each document once, at its last change. So the histories of a type and of the
 * system show the resource that changed last first, and of each resource all its versions, newest
 * first; a page's link names the place where it ended, so that no page changes by what is written
 * meanwhile. Versions whose content compaction has removed are named, and said to be gone.
 */
@NullMarked
package org.skerry.fhir.rest.history;

import org.jspecify.annotations.NullMarked;
