/**
 * Where versions of FHIR resources come from that nobody wrote as they are: a Provenance for each
 * settlement of a conflict, and for each undoing of one.
 *
 * <p>Every node that sees a settlement writes the same resource under the same id, made of what the
 * settlement says alone; so replicas agree, and a crash is made up for by whoever looks next.
 */
@NullMarked
package org.skerry.fhir.provenance;

import org.jspecify.annotations.NullMarked;
