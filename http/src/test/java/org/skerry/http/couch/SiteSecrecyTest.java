package org.skerry.http.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skerry.http.couch.SitesNode.ADMIN;
import static org.skerry.http.couch.SitesNode.HILL;
import static org.skerry.http.couch.SitesNode.SHORE;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is not a site's is, to the site, as what is not there: byte for byte. */
@Timeout(300)
class SiteSecrecyTest {
  /**
   * These differ between any two answers; whether a connection goes on depends on how much of a
   * refused body had arrived.
   */
  private static final Set<String> EACH_ITS_OWN =
      Set.of("date", "x-couchdb-body-time", "x-couch-request-id", "connection");

  /** What parts a multipart answer is made up for each. */
  private static final Pattern BOUNDARY = Pattern.compile("(--|boundary=\"?)[0-9a-f]{32}");

  private final SitesNode sites = new SitesNode().filled();

  @AfterEach
  void stop() {
    sites.close();
  }

  /** Sends the same of a document that is another site's and of one that nobody has. */
  private void assertAlike(String method, String path, String json, Map<String, String> headers) {
    String rev = sites.rev("m1");
    String theirs = fill(path, "m1", rev);
    String nobodys = fill(path, "x9", rev);
    HttpResponse<String> one = sites.send(HILL, method, theirs, fill(json, "m1", rev), headers);
    HttpResponse<String> other = sites.send(HILL, method, nobodys, fill(json, "x9", rev), headers);
    assertThat(one.statusCode()).as(method + " " + theirs).isEqualTo(other.statusCode());
    assertThat(withoutBoundary(one.body().replace("m1", "x9")))
        .as(method + " " + theirs)
        .isEqualTo(withoutBoundary(other.body()));
    assertThat(headers(one)).as(method + " " + theirs).isEqualTo(headers(other));
    assertThat(one.body()).doesNotContain("measles");
  }

  private static String withoutBoundary(String text) {
    return BOUNDARY.matcher(text).replaceAll("$1BOUNDARY");
  }

  private static String fill(String text, String id, String rev) {
    return text.replace("{id}", id).replace("{rev}", rev);
  }

  private static Map<String, List<String>> headers(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    EACH_ITS_OWN.forEach(headers::remove);
    headers.computeIfPresent(
        "location", (name, values) -> List.of(values.getFirst().replace("m1", "x9")));
    headers.computeIfPresent(
        "content-type", (name, values) -> List.of(withoutBoundary(values.getFirst())));
    return headers;
  }

  private void assertAlike(String method, String path) {
    assertAlike(method, path, "", Map.of());
  }

  @Test
  void documentsByAnyName() {
    for (String query :
        List.of(
            "",
            "?rev={rev}",
            "?rev=1-967a00dff5e02add41819138abb3284d",
            "?revs=true&revs_info=true&conflicts=true",
            "?open_revs=all",
            "?open_revs=%5B%22{rev}%22%5D",
            "?open_revs=%5B%22{rev}%22%5D&latest=true&revs=true",
            "?meta=true&attachments=true",
            "?rev={rev}&latest=true",
            "?atts_since=%5B%22{rev}%22%5D",
            "?local_seq=true")) {
      assertAlike("GET", "/care/{id}" + query);
      assertAlike("HEAD", "/care/{id}" + query);
    }
    assertAlike("GET", "/care/{id}?open_revs=all", "", Map.of("Accept", "multipart/mixed"));
    assertAlike("GET", "/care/{id}", "", Map.of("If-None-Match", "\"" + sites.rev("m1") + "\""));
    assertThat(sites.get(HILL, "/care/m1").statusCode()).isEqualTo(404);
    assertThat(SitesNode.json(sites.get(HILL, "/care/m1")).path("reason").asString())
        .isEqualTo("missing");
  }

  @Test
  void attachmentsByTheirAddress() {
    assertThat(sites.get(SHORE, "/care/m1/scan.txt").body()).isEqualTo("secret");
    for (String query : List.of("", "?rev={rev}", "?rev=1-967a00dff5e02add41819138abb3284d")) {
      assertAlike("GET", "/care/{id}/scan.txt" + query);
      assertAlike("HEAD", "/care/{id}/scan.txt" + query);
    }
    assertAlike("GET", "/care/{id}/scan.txt", "", Map.of("Range", "bytes=0-2"));
    assertAlike("DELETE", "/care/{id}/scan.txt?rev={rev}");
  }

  @Test
  void severalAtOnce() {
    String asked = "{\"docs\":[{\"id\":\"{id}\"},{\"id\":\"{id}\",\"rev\":\"{rev}\"}]}";
    for (String query : List.of("", "?revs=true", "?attachments=true&latest=true")) {
      assertAlike("POST", "/care/_bulk_get" + query, asked, Map.of());
    }
    assertAlike("POST", "/care/_all_docs", "{\"keys\":[\"{id}\"]}", Map.of());
    assertAlike("POST", "/care/_all_docs?include_docs=true", "{\"keys\":[\"{id}\"]}", Map.of());
    assertAlike(
        "POST",
        "/care/_revs_diff",
        "{\"{id}\":[\"{rev}\",\"2-967a00dff5e02add41819138abb3284d\"]}",
        Map.of());
    assertAlike("POST", "/care/_missing_revs", "{\"{id}\":[\"{rev}\"]}", Map.of());
    assertAlike("POST", "/care/_changes?filter=_doc_ids", "{\"doc_ids\":[\"{id}\"]}", Map.of());
    assertAlike("POST", "/care/_find", "{\"selector\":{\"_id\":\"{id}\"}}", Map.of());
  }

  @Test
  void writesOfAnyKind() {
    String elsewhere = "{\"type\":\"note\",\"patient\":\"q1\"}";
    assertAlike("PUT", "/care/{id}", elsewhere, Map.of());
    assertAlike("PUT", "/care/{id}?rev={rev}", elsewhere, Map.of());
    assertAlike("PUT", "/care/{id}?rev={rev}&new_edits=false", elsewhere, Map.of());
    assertAlike("DELETE", "/care/{id}?rev={rev}");
    assertAlike("DELETE", "/care/{id}");
    assertAlike("COPY", "/care/{id}", "", Map.of("Destination", "copied"));
    assertAlike("COPY", "/care/{id}?rev={rev}", "", Map.of("Destination", "copied"));
    assertAlike("PUT", "/care/{id}/scan.txt?rev={rev}", "mine", Map.of());
    assertAlike("PUT", "/care/{id}/scan.txt", "mine", Map.of());
    for (String edits : List.of("true", "false")) {
      String bulk =
          "{\"new_edits\":%s,\"docs\":[{\"_id\":\"{id}\",\"_rev\":\"{rev}\",\"type\":\"note\"}]}";
      assertAlike("POST", "/care/_bulk_docs", String.format(bulk, edits), Map.of());
    }
    String stub =
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"{id}\",\"_rev\":\"{rev}\",\"type\":\"word\","
            + "\"_attachments\":{\"scan.txt\":{\"stub\":true}}}]}";
    assertAlike("POST", "/care/_bulk_docs", stub, Map.of());
    assertThat(sites.get(ADMIN, "/care/m1").body()).contains("measles");
  }

  @Test
  void functionsOfDesignDocumentsSeeWhatTheSiteSees() {
    assertAlike("POST", "/care/_design/desk/_update/touch/{id}");
    assertThat(sites.send(HILL, "POST", "/care/_design/desk/_update/touch/m1", "").body())
        .isEqualTo("unknown");
    assertAlike("GET", "/care/_conflicts/{id}");
  }

  @Test
  void whatIsAboutAllOfADatabaseIsRefused() {
    for (String path :
        List.of(
            "/care/_conflicts",
            "/care/_settlements",
            "/care/_conflict_policy",
            "/care/_options",
            "/care/_scope",
            "/care/_purged_infos")) {
      assertThat(sites.get(HILL, path).statusCode()).as(path).isEqualTo(403);
    }
    for (String path :
        List.of("/care/_compact", "/care/_view_cleanup", "/care/_compact/desk", "/care/_purge")) {
      assertThat(sites.send(HILL, "POST", path, "{}").statusCode()).as(path).isEqualTo(403);
    }
    for (String path : List.of("/care/_security", "/care/_revs_limit", "/care/_scope")) {
      assertThat(sites.send(HILL, "PUT", path, "{}").statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void whatLeftIsGoneForReadersAndToldByTheFeed() {
    String rev = sites.rev("n1");
    sites.put("/care/p1", "{\"type\":\"patient\",\"at\":\"shore\",\"name\":\"now of the shore\"}");
    sites.settle();
    HttpResponse<String> left = sites.get(HILL, "/care/n1");
    assertThat(left.statusCode()).isEqualTo(404);
    assertThat(left.body()).doesNotContain("fever");
    assertThat(sites.get(HILL, "/care/p1").body()).doesNotContain("shore");
    assertThat(sites.get(HILL, "/care/p1?rev=" + sites.rev("p1")).body()).doesNotContain("shore");
    assertThat(sites.get(HILL, "/care/n1?open_revs=all").body()).contains("\"_deleted\":true");
    assertThat(sites.get(HILL, "/care/_changes").body()).doesNotContain("now of the shore");
    assertThat(sites.get(SHORE, "/care/n1").body()).contains("fever").contains(rev);
    sites.put("/care/p1", "{\"type\":\"patient\",\"at\":\"hill\"}");
    sites.settle();
    assertThat(sites.get(HILL, "/care/n1").body()).contains("fever");
  }
}
