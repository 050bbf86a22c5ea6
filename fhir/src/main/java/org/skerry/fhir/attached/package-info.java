/**
 * Data of Attachments that are kept beside their resource, as attachments of its document: taken
 * out of the JSON while it comes ({@link org.skerry.fhir.attached.Detached}), and put in again
 * while it goes ({@link org.skerry.fhir.attached.Inline}), in bounded memory, whatever their size.
 *
 * <p>What stands in the resource meanwhile is {@link org.skerry.fhir.resource.Attached}. Why so:
 * docs/decisions/042-data-beside-the-resource.md.
 */
@NullMarked
package org.skerry.fhir.attached;

import org.jspecify.annotations.NullMarked;
