package org.skerry.fhir.resource;

import java.util.Arrays;
import org.skerry.document.Body;

/**
 * A resource as a document keeps it.
 *
 * @param stampAt where the time of writing stands
 * @param stampLength how long it is
 */
public record StampedBody(Body body, int stampAt, int stampLength) {
  /** Whether another body says the same, whenever it was written. */
  public boolean saysSameAs(Body other) {
    byte[] mine = body.json();
    byte[] theirs = other.json();
    int behind = stampAt + stampLength;
    return mine.length == theirs.length
        && Arrays.equals(mine, 0, stampAt, theirs, 0, stampAt)
        && Arrays.equals(mine, behind, mine.length, theirs, behind, theirs.length);
  }
}
