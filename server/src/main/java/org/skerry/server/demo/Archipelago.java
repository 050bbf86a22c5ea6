package org.skerry.server.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The centre, two clinics and the links between them, in a temporary folder. Closing ends the
 * processes and removes the folder; it may be called twice, and by any thread.
 */
final class Archipelago implements AutoCloseable {
  static final String DATABASE = "records";

  private final Path folder;
  private final List<Site.Launch> launches = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Sightings sightings;
  private final Relay linkOfA;
  private boolean closed;

  /**
   * Starts everything but the replications.
   *
   * @throws IOException when there can be no temporary folder
   */
  static Archipelago start() throws IOException {
    List<String> names = List.of("centre", "clinic A", "clinic B");
    Path folder = Files.createTempDirectory("skerry-demo-");
    List<Site.Launch> launches = new ArrayList<>();
    try {
      for (String name : names) {
        // The centre serves the clinic's page.
        List<String> options = launches.isEmpty() ? List.of("--clinic") : List.of();
        launches.add(new Site.Launch(name, folder, options));
      }
      return new Archipelago(folder, launches, new Sightings(names));
    } catch (RuntimeException e) {
      launches.forEach(Site.Launch::stop);
      remove(folder);
      throw e;
    }
  }

  private Archipelago(Path folder, List<Site.Launch> launches, Sightings sightings) {
    this.folder = folder;
    this.launches.addAll(launches);
    this.sightings = sightings;
    launches.forEach(launch -> sites.add(launch.ready()));
    for (Site site : sites) {
      site.client().put("/" + DATABASE);
      watches.add(new Watch(site, DATABASE, sightings));
    }
    this.linkOfA = new Relay(URI.create(centre().url()).getPort());
  }

  Site centre() {
    return sites.get(0);
  }

  Site clinicA() {
    return sites.get(1);
  }

  Site clinicB() {
    return sites.get(2);
  }

  List<Site> sites() {
    return List.copyOf(sites);
  }

  Sightings sightings() {
    return sightings;
  }

  /** The only way between clinic A and the centre. */
  Relay linkOfA() {
    return linkOfA;
  }

  /** Both clinics replicate with the centre in both directions from now on. */
  void replicate() {
    replicate(clinicA(), "http://127.0.0.1:" + linkOfA.port());
    replicate(clinicB(), centre().url());
  }

  private void replicate(Site clinic, String centreUrl) {
    ObjectNode pull = Json.object();
    pull.set("source", remote(centreUrl));
    pull.put("target", DATABASE).put("continuous", true);
    clinic.client().post("/_replicate", pull);
    ObjectNode push = Json.object();
    push.put("source", DATABASE).put("continuous", true);
    push.set("target", remote(centreUrl));
    clinic.client().post("/_replicate", push);
  }

  private ObjectNode remote(String url) {
    ObjectNode end = Json.object();
    end.put("url", url + "/" + DATABASE);
    end.set("auth", centre().credentials().auth());
    return end;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    watches.forEach(Watch::close);
    sites.forEach(site -> site.client().close());
    linkOfA.close();
    launches.forEach(Site.Launch::stop);
    remove(folder);
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new DemoException(folder + " cannot be removed: " + e, e);
    }
  }
}
