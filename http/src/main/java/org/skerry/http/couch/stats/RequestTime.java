package org.skerry.http.couch.stats;

import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long requests took lately, in milliseconds.
 *
 * @param percentiles pairs of a percentage and the time within which so many were answered
 */
record RequestTime(long count, double mean, double max, List<double[]> percentiles) {
  static final double[] QUANTILES = {0.5, 0.75, 0.9, 0.95, 0.99, 0.999};

  private static final double PERCENT = 100;

  static RequestTime of(HistogramSnapshot snapshot) {
    List<double[]> percentiles = new ArrayList<>();
    for (ValueAtPercentile value : snapshot.percentileValues()) {
      percentiles.add(
          new double[] {value.percentile() * PERCENT, value.value(TimeUnit.MILLISECONDS)});
    }
    return new RequestTime(
        snapshot.count(),
        snapshot.mean(TimeUnit.MILLISECONDS),
        snapshot.max(TimeUnit.MILLISECONDS),
        percentiles);
  }
}
