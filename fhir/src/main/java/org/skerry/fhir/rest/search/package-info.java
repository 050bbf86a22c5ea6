/**
 * Searches through HTTP: by type, of the system, within a compartment, and everything of a patient;
 * each by URL and as a form.
 *
 * <p>{@code org.skerry.fhir.search} answers; here are the bundles. What is found is written as it
 * is kept, without HAPI's models, unless somebody asks for parts of it ({@code Shown}).
 */
@NullMarked
package org.skerry.fhir.rest.search;

import org.jspecify.annotations.NullMarked;
