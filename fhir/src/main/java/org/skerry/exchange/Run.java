package org.skerry.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skerry.database.Database;
import org.skerry.document.DocumentLimits;
import org.skerry.exchange.Letter.Direction;
import org.skerry.exchange.Message.LeftConflict;
import org.skerry.fhir.resource.ResourceId;

/** What one partner's steps share. One thread, the partner's. */
final class Run {
  private static final int LONGEST_DETAILS = 2_000;

  private final Partner partner;
  private final PartnerClient client;
  private final Database database;
  private final Ledger ledger;
  private final Messages messages;
  private final DocumentLimits limits;
  private final List<Message> pending = new ArrayList<>();

  Run(Partner partner, Database database, Ledger ledger, Messages messages, DocumentLimits limits) {
    this.partner = partner;
    this.client = new PartnerClient(partner);
    this.database = database;
    this.ledger = ledger;
    this.messages = messages;
    this.limits = limits;
  }

  Partner partner() {
    return partner;
  }

  PartnerClient client() {
    return client;
  }

  Database database() {
    return database;
  }

  Ledger ledger() {
    return ledger;
  }

  DocumentLimits limits() {
    return limits;
  }

  Instant now() {
    return messages.now();
  }

  /** Where a resource is at the partner. */
  String url(ResourceId id) {
    return partner.base() + "/" + id;
  }

  /** Notes that a step succeeded, perhaps with a conflict, and takes its record off the list. */
  void succeeded(
      Direction direction,
      String category,
      ResourceId id,
      String action,
      String details,
      Optional<LeftConflict> conflict) {
    Optional<Letter> letter = ledger.letter(direction, id.toString());
    ledger.remove(direction, id);
    if (partner.records().successes() || conflict.isPresent()) {
      String message = messages.name();
      follow(letter, message);
      note(message, true, direction, category, id, action, details, conflict);
    }
  }

  /** Sets a record aside; it is tried again by the partner's rule. */
  void failed(Direction direction, String category, ResourceId id, String action, String problem) {
    String details = cut(problem);
    String message = messages.name();
    Optional<Letter> letter = ledger.letter(direction, id.toString());
    int attempts = letter.map(Letter::attempts).orElse(0) + 1;
    boolean again = attempts < partner.retry().attempts();
    ledger.put(
        new Letter(
            direction,
            category,
            id,
            details,
            attempts,
            again ? Optional.of(now().plus(partner.retry().pause(attempts))) : Optional.empty(),
            Optional.empty(),
            message));
    if (partner.records().failures()) {
      follow(letter, message);
      note(message, false, direction, category, id, action, details, Optional.empty());
    }
  }

  /** Sets a record aside until another one is here. */
  void waits(String category, ResourceId id, ResourceId target) {
    int attempts = attempts(Direction.PULL, id) + 1;
    ledger.put(
        new Letter(
            Direction.PULL,
            category,
            id,
            "waits for " + target,
            attempts,
            Optional.of(now().plus(partner.retry().pause(attempts))),
            Optional.of(target),
            ""));
  }

  /** Notes that a message speaks of the same record again. */
  private void follow(Optional<Letter> letter, String message) {
    letter
        .map(Letter::message)
        .filter(last -> !last.isEmpty())
        .ifPresent(last -> ledger.follow(last, message));
  }

  int attempts(Direction direction, ResourceId id) {
    return ledger.letter(direction, id.toString()).map(Letter::attempts).orElse(0);
  }

  private void note(
      String name,
      boolean success,
      Direction direction,
      String category,
      ResourceId id,
      String action,
      String details,
      Optional<LeftConflict> conflict) {
    pending.add(
        new Message(
            name, success, now(), partner, direction, category, id, action, url(id), details,
            conflict));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_DETAILS ? text : text.substring(0, LONGEST_DETAILS);
  }

  /** Keeps what was noted: first what is said of it, then how far it is. Durable on return. */
  void commit() {
    if (!pending.isEmpty()) {
      messages.write(pending);
      pending.clear();
    }
    ledger.commit();
  }

  /** Forgets what was noted since the last commit: it will be done again. */
  void abandon() {
    pending.clear();
    ledger.abandon();
  }
}
