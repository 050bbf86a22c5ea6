package org.skerry.exchange;

import java.util.Optional;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.Notice;
import org.skerry.exchange.client.RecordId;
import org.skerry.exchange.client.Version;
import org.skerry.fhir.resource.StampedBody;

/**
 * A version of a record at the partner, on its way to become a revision.
 *
 * @param told what the partner's feed said of it
 */
record Incoming(Subject subject, RecordId id, String told, Version version) {
  boolean deleted() {
    return version.body().isEmpty();
  }

  Optional<StampedBody> body() {
    return version.body();
  }

  /**
   * What happened to it, in OpenMRS's words.
   *
   * @param known whether the record was here before
   */
  String action(boolean known) {
    if (deleted()) {
      return told.equals(Notice.VOIDED) || told.equals(Notice.RETIRED) ? told : Notice.DELETED;
    }
    boolean special = told.startsWith("UN") || told.equals(Notice.RETIRED);
    return special ? told : known ? Notice.UPDATED : Notice.CREATED;
  }
}
