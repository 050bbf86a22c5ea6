package org.skerry.fingerprint;

import java.io.IOException;
import java.util.List;

/** One of two databases that are compared, wherever it is. */
public interface Side {
  /** At most so many ranges are asked for together. */
  int MOST_RANGES = 1_024;

  /** A range with at most so many documents can be listed. */
  int MOST_LISTED = 1_024;

  /** The fingerprints of ranges, in their order. */
  List<Fingerprint> fingerprints(List<PlaceRange> ranges) throws IOException;

  /** The documents of a range; of more than {@link #MOST_LISTED} some. */
  List<Entry> list(PlaceRange range) throws IOException;
}
