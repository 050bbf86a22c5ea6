package org.skerry.postgres.apply;

import java.time.Duration;
import java.util.Optional;
import org.skerry.store.Seq;

/**
 * What one pass over the feed did.
 *
 * @param reached up to where the feed is taken care of
 * @param waiting how many documents cannot be rows yet
 * @param retry when to come again, though the feed has nothing new: something waits
 */
public record Pass(Tally tally, Seq reached, long waiting, Optional<Duration> retry) {}
