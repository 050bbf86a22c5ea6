package org.skerry.mango;

import static org.skerry.mango.ErlangTerms.atom;
import static org.skerry.mango.ErlangTerms.binary;
import static org.skerry.mango.ErlangTerms.json;
import static org.skerry.mango.ErlangTerms.tuple;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;

/**
 * The name of an index that got none, and of its design document: CouchDB's hash of the request
 * ({@code mango_idx:gen_name}), so that the same request on two nodes, whether they are Skerry or
 * CouchDB, makes the same design document.
 */
record IndexName(
    JsonNode definition,
    String type,
    Optional<String> name,
    Optional<String> design,
    long w,
    Optional<Boolean> partitioned) {

  /** 40 hex digits. */
  String generate() {
    ErlangTerms.Term options =
        ErlangTerms.list(
            List.of(
                tuple(atom("ddoc"), orAutomatic(design)),
                tuple(atom("def"), json(definition)),
                tuple(atom("name"), orAutomatic(name)),
                tuple(
                    atom("partitioned"),
                    atom(partitioned.map(Object::toString).orElse("db_default"))),
                tuple(atom("type"), binary(type)),
                tuple(atom("w"), json(LongNode.valueOf(w)))));
    byte[] term = ErlangTerms.bytes(tuple(json(definition), options));
    return HexFormat.of().formatHex(sha1(term));
  }

  private static ErlangTerms.Term orAutomatic(Optional<String> given) {
    return given.map(ErlangTerms::binary).orElseGet(() -> atom("auto_name"));
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
