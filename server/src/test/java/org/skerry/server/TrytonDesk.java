package org.skerry.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skerry.postgres.rpc.RpcSession;
import org.skerry.postgres.testing.Tryton;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who works with a Tryton, and with nothing else: all of this is the application's RPC.
 */
final class TrytonDesk {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> GIVEN =
      List.of("Ana", "Amina", "José", "Wanjiru", "Nuño", "Zoë", "Łucja", "İpek", "花子", "Олена");
  private static final List<String> FAMILY =
      List.of("García", "Ochieng", "Müller", "Ñúñez", "O'Brien", "Kowalska", "山田", "Mwangi");
  private static final List<String> CITIES = List.of("Nairobi", "Córdoba", "Kisumu", "Cádiz");
  private static final List<String> CATEGORIES = List.of("Patient", "Doctor", "Nurse", "Insurance");
  private static final int BATCH = 50;

  private final RpcSession session;
  private final Random random;

  TrytonDesk(Tryton tryton, long seed) {
    this.session = tryton.session();
    this.random = new Random(seed);
  }

  private JsonNode call(String model, String method, JsonNode... arguments) {
    return session.call(model, method, arguments).orThrow();
  }

  private static ArrayNode list(JsonNode... nodes) {
    return JSON.arrayNode().addAll(List.of(nodes));
  }

  private static ArrayNode texts(String... texts) {
    ArrayNode list = JSON.arrayNode();
    List.of(texts).forEach(list::add);
    return list;
  }

  private static ArrayNode many(String verb, JsonNode argument) {
    return list(list(JSON.stringNode(verb), argument));
  }

  private long create(String model, ObjectNode values) {
    return call(model, "create", list(values)).path(0).asLong();
  }

  /** All records of a model, also those that do not count any more. */
  private JsonNode all(String model, String... fields) {
    return session
        .call(
            model,
            "search_read",
            JSON.objectNode().put("active_test", false),
            JSON.arrayNode(),
            JSON.numberNode(0),
            JSON.nullNode(),
            JSON.nullNode(),
            texts(fields))
        .orThrow();
  }

  /** What records refer to, made here as it was made at every other place, too. */
  private final class Registers {
    private final long country = create("country.country", country());
    private final long relation =
        create("party.relation.type", JSON.objectNode().put("name", "Parent of"));
    private final List<Long> categories = new ArrayList<>();

    Registers() {
      long root = create("party.category", JSON.objectNode().put("name", "Health"));
      for (String name : CATEGORIES) {
        categories.add(
            create("party.category", JSON.objectNode().put("name", name).put("parent", root)));
      }
    }

    private static ObjectNode country() {
      return JSON.objectNode().put("name", "Kenya").put("code", "KE");
    }
  }

  private Registers registers;

  private Registers registers() {
    if (registers == null) {
      registers = new Registers();
    }
    return registers;
  }

  /** Creates so many parties, each with what belongs to it. Returns their ids. */
  List<Long> register(int count) {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < count) {
      ArrayNode batch = JSON.arrayNode();
      for (int i = ids.size(); i < Math.min(count, ids.size() + BATCH); i++) {
        batch.add(party());
      }
      call("party.party", "create", batch).forEach(id -> ids.add(id.asLong()));
    }
    for (int i = 0; i + 1 < ids.size(); i += 10) {
      create(
          "party.relation.all",
          JSON.objectNode()
              .put("from_", ids.get(i))
              .put("to", ids.get(i + 1))
              .put("type", registers().relation));
    }
    return ids;
  }

  private ObjectNode party() {
    ObjectNode party = JSON.objectNode().put("name", one(GIVEN) + " " + one(FAMILY));
    ArrayNode addresses = JSON.arrayNode();
    for (int i = random.nextInt(2); i >= 0; i--) {
      addresses.add(
          JSON.objectNode()
              .put("street", random.nextInt(1000) + " " + one(FAMILY) + " street\nfloor " + i)
              .put("postal_code", "%05d".formatted(random.nextInt(100_000)))
              .put("city", one(CITIES))
              .put("country", registers().country));
    }
    party.set("addresses", many("create", addresses));
    ArrayNode contacts = JSON.arrayNode();
    for (int i = random.nextInt(2); i >= 0; i--) {
      contacts.add(
          JSON.objectNode()
              .put("type", "email")
              .put("value", "p" + random.nextInt(1_000_000) + "@example.org"));
    }
    party.set("contact_mechanisms", many("create", contacts));
    ArrayNode categories = JSON.arrayNode();
    new TreeSet<>(List.of(random.nextInt(4), random.nextInt(4), random.nextInt(4)))
        .forEach(i -> categories.add(registers().categories.get(i)));
    party.set("categories", many("add", categories));
    if (random.nextInt(3) == 0) {
      ObjectNode identifier = JSON.objectNode().put("code", "NID-" + random.nextInt(1_000_000));
      party.set("identifiers", many("create", list(identifier)));
    }
    return party;
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  /** The id of the party with that code. */
  long party(String code) {
    JsonNode found =
        call(
            "party.party",
            "search",
            list(texts("code", "=", code)),
            JSON.numberNode(0),
            JSON.nullNode(),
            JSON.nullNode());
    if (found.size() != 1) {
      throw new AssertionError("parties with code " + code + ": " + found);
    }
    return found.path(0).asLong();
  }

  void rename(long party, String name) {
    call("party.party", "write", JSON.arrayNode().add(party), JSON.objectNode().put("name", name));
  }

  void delete(long party) {
    call("party.party", "delete", JSON.arrayNode().add(party));
  }

  /** Everything about each party by its code, with names in the place of ids. */
  Map<String, String> records() {
    Map<Long, String> countries = names("country.country", "code");
    Map<Long, String> types = names("party.relation.type", "name");
    Map<Long, String> categories = names("party.category", "rec_name");
    Map<Long, String> codes = names("party.party", "code");
    Map<Long, TreeSet<String>> parts = new HashMap<>();
    for (JsonNode row : all("party.address", "party", "street", "postal_code", "city", "country")) {
      String place =
          row.path("street").asString("")
              + "|"
              + row.path("postal_code").asString("")
              + "|"
              + row.path("city").asString("")
              + "|"
              + countries.get(row.path("country").asLong(0));
      part(parts, row, "address " + place);
    }
    for (JsonNode row : all("party.contact_mechanism", "party", "type", "value")) {
      part(parts, row, row.path("type").asString() + " " + row.path("value").asString());
    }
    for (JsonNode row : all("party.identifier", "party", "code")) {
      part(parts, row, "identifier " + row.path("code").asString());
    }
    for (JsonNode row : all("party.relation.all", "from_", "to", "type")) {
      String text = types.get(row.path("type").asLong()) + " " + codes.get(row.path("to").asLong());
      parts.computeIfAbsent(row.path("from_").asLong(), id -> new TreeSet<>()).add(text);
    }
    Map<String, String> records = new TreeMap<>();
    for (JsonNode row : all("party.party", "code", "name", "active", "categories")) {
      TreeSet<String> about = parts.computeIfAbsent(row.path("id").asLong(), id -> new TreeSet<>());
      row.path("categories").forEach(id -> about.add("is " + categories.get(id.asLong())));
      records.put(
          row.path("code").asString(),
          row.path("name").asString("") + " " + row.path("active").asBoolean() + " " + about);
    }
    return records;
  }

  private static void part(Map<Long, TreeSet<String>> parts, JsonNode row, String text) {
    TreeSet<String> all = parts.computeIfAbsent(row.path("party").asLong(), id -> new TreeSet<>());
    // Two that say the same are two.
    String unique = text;
    for (int i = 2; !all.add(unique); i++) {
      unique = text + " (" + i + ")";
    }
  }

  private Map<Long, String> names(String model, String field) {
    Map<Long, String> names = new HashMap<>();
    all(model, field)
        .forEach(row -> names.put(row.path("id").asLong(), row.path(field).asString("")));
    return names;
  }
}
