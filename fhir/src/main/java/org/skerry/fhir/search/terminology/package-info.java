/**
 * What the value sets and code systems of a database say, for searches by {@code :in}, {@code
 * :not-in}, {@code :below} and {@code :above}.
 *
 * <p>{@link org.skerry.fhir.search.terminology.StoredTerminology} reads ValueSet and CodeSystem
 * resources when a query names them; {@link org.skerry.fhir.search.terminology.Concepts} is one
 * code system's hierarchy. What is not in the database, or only in part, is refused by name: no
 * search guesses.
 */
@NullMarked
package org.skerry.fhir.search.terminology;

import org.jspecify.annotations.NullMarked;
