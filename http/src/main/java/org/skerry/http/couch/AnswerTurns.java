package org.skerry.http.couch;

import java.io.IOException;
import org.skerry.database.Database;
import org.skerry.http.Exchange;

/**
 * The turns of an answer whose rows are written as they are read: what {@link RowOut} holds is read
 * in one turn, which ends before it is sent. An answer that fits into its first part takes none.
 *
 * <p>One thread. To be closed however the answer ends: then it gives back what it has.
 */
public final class AnswerTurns implements RowOut.Parts, AutoCloseable {
  private final LargeReads reads;
  private final String party;
  private LargeReads.Turn turn = LargeReads.Turn.NONE;

  /** The turns of whoever asks. */
  public AnswerTurns(LargeReads reads, Exchange exchange, Database database) {
    this.reads = reads;
    this.party = LargeReads.party(exchange, database);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // There is one turn that takes no place.
  public void more() throws IOException {
    if (turn != LargeReads.Turn.NONE && !turn.isOver()) {
      return;
    }
    end();
    turn = reads.turn(party);
  }

  @Override
  public void end() {
    turn.close();
    turn = LargeReads.Turn.NONE;
  }

  @Override
  public void close() {
    end();
  }
}
