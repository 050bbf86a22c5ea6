/**
 * Whether JSON has the shape of a resource: one walk over its bytes, beside the definitions of R4.
 *
 * <p>{@link org.skerry.fhir.shape.Shapes} takes the definitions from HAPI's models, each type when
 * it is first asked for. {@link org.skerry.fhir.shape.ShapeCheck} walks: it finds members that an
 * element does not have, values of the wrong kind, and empty arrays and objects; it tells a {@link
 * org.skerry.fhir.shape.LinkSink} where links to other resources stand. It does not ask for
 * cardinalities, invariants, profiles or terminologies: {@code $validate} does.
 *
 * <p>Why not HAPI's parser: it makes a model of objects out of each resource, which costs ten times
 * as much, and what is written from a model is not what was read.
 */
@NullMarked
package org.skerry.fhir.shape;

import org.jspecify.annotations.NullMarked;
