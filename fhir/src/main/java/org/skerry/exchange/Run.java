package org.skerry.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skerry.conflict.Desk;
import org.skerry.database.Database;
import org.skerry.document.DocumentLimits;
import org.skerry.document.Excerpt;
import org.skerry.exchange.Message.LeftConflict;
import org.skerry.exchange.Partner.Subject;
import org.skerry.exchange.client.ClientProvider;
import org.skerry.exchange.client.ClientSettings;
import org.skerry.exchange.client.Clients;
import org.skerry.exchange.client.Line;
import org.skerry.exchange.client.Notes;
import org.skerry.exchange.client.RecordClient;
import org.skerry.exchange.client.RecordId;
import tools.jackson.databind.node.JsonNodeFactory;

/** What one partner's steps share. One thread at a time. */
final class Run {
  private static final int LONGEST_DETAILS = 2_000;

  private final Partner partner;
  private final Database database;
  private final Desk desk;
  private final Ledger ledger;
  private final Messages messages;
  private final DocumentLimits limits;
  private final Notes notes = new Notes();
  private final Map<String, RecordClient> clients = new HashMap<>();
  private final List<Message> pending = new ArrayList<>();

  Run(
      Partner partner,
      Database database,
      Desk desk,
      Ledger ledger,
      Messages messages,
      DocumentLimits limits) {
    this.partner = partner;
    this.database = database;
    this.desk = desk;
    this.ledger = ledger;
    this.messages = messages;
    this.limits = limits;
  }

  Partner partner() {
    return partner;
  }

  /** What documents may be. */
  DocumentLimits limits() {
    return limits;
  }

  Database database() {
    return database;
  }

  /** Where conflicts are settled. */
  Desk desk() {
    return desk;
  }

  Ledger ledger() {
    return ledger;
  }

  /** What was asked of the partner, about which record. */
  Notes notes() {
    return notes;
  }

  Instant now() {
    return messages.now();
  }

  /** The client that exchanges records of that kind. */
  RecordClient client(Subject subject) {
    return clients.computeIfAbsent(subject.client(), this::open);
  }

  private RecordClient open(String name) {
    ClientProvider provider = Clients.find(name).orElseThrow();
    ClientSettings settings = partner.clients().get(name);
    if (settings == null) {
      throw new IllegalStateException("a category without its client: " + name);
    }
    return provider.open(new Line(partner.instance(), name, settings, limits, notes));
  }

  /** A line to the partner's feeds. */
  Line feeds(URI feeds) {
    return new Line(
        partner.instance(),
        "fhir",
        new ClientSettings(
            feeds,
            Optional.empty(),
            partner.credentials(),
            Map.of(),
            JsonNodeFactory.instance.objectNode()),
        limits,
        notes);
  }

  /** Notes that a step succeeded, perhaps with a conflict, and takes its record off the list. */
  void succeeded(
      Direction direction,
      Subject subject,
      RecordId id,
      String action,
      String details,
      Optional<LeftConflict> conflict) {
    Optional<Letter> letter = ledger.letter(direction, id);
    ledger.remove(direction, id);
    if (partner.records().successes() || conflict.isPresent()) {
      String message = messages.name();
      follow(letter, message);
      note(message, true, direction, subject, id, action, details, conflict);
    } else {
      notes.take(id);
    }
  }

  /** Sets a record aside; it is tried again by its category's rule. */
  void failed(Direction direction, Subject subject, RecordId id, String action, String problem) {
    String details = Excerpt.beginning(problem, LONGEST_DETAILS);
    String message = messages.name();
    Optional<Letter> letter = ledger.letter(direction, id);
    int attempts = letter.map(Letter::attempts).orElse(0) + 1;
    boolean again = attempts < subject.retry().attempts();
    ledger.put(
        new Letter(
            direction,
            subject.category(),
            id,
            action,
            details,
            attempts,
            again ? Optional.of(now().plus(subject.retry().pause(attempts))) : Optional.empty(),
            Optional.empty(),
            message));
    if (partner.records().failures()) {
      follow(letter, message);
      note(message, false, direction, subject, id, action, details, Optional.empty());
    } else {
      notes.take(id);
    }
  }

  /** Sets a record aside until another one is here. */
  void waits(Incoming incoming, RecordId target) {
    RecordId id = incoming.id();
    Subject subject = incoming.subject();
    Optional<Letter> before = ledger.letter(Direction.PULL, id);
    int attempts = before.map(Letter::attempts).orElse(0) + 1;
    ledger.put(
        new Letter(
            Direction.PULL,
            subject.category(),
            id,
            incoming.told(),
            "waits for " + target,
            attempts,
            Optional.of(now().plus(subject.retry().pause(attempts))),
            Optional.of(target),
            before.map(Letter::message).orElse("")));
    notes.take(id);
  }

  /** Notes that a message speaks of the same record again. */
  private void follow(Optional<Letter> letter, String message) {
    letter
        .map(Letter::message)
        .filter(last -> !last.isEmpty())
        .ifPresent(last -> ledger.follow(last, message));
  }

  private void note(
      String name,
      boolean success,
      Direction direction,
      Subject subject,
      RecordId id,
      String action,
      String details,
      Optional<LeftConflict> conflict) {
    String url = client(subject).url(id);
    pending.add(
        new Message(
            name,
            success,
            now(),
            partner,
            direction,
            subject,
            id,
            action,
            url,
            details,
            conflict,
            notes.take(id)));
  }

  /** Keeps what was noted: first what is said of it, then how far it is. Durable on return. */
  void commit() {
    if (!pending.isEmpty()) {
      messages.write(pending);
      pending.clear();
    }
    ledger.commit();
    notes.clear();
  }

  /** Forgets what was noted since the last commit: it will be done again. */
  void abandon() {
    pending.clear();
    ledger.abandon();
    notes.clear();
  }
}
