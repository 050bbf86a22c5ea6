package org.skerry.http.couch.schedule;

import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.skerry.database.Databases;
import org.skerry.http.Endpoint;
import org.skerry.http.Method;
import org.skerry.http.Router.Route;
import org.skerry.http.couch.admin.Administration;
import org.skerry.replication.schedule.Schedule;
import org.skerry.replication.schedule.StoredRefusals;

/** What concerns scheduled replications, and the right that each needs. */
public final class ScheduleRoutes {
  private ScheduleRoutes() {}

  /**
   * The routes.
   *
   * @param forServerAdmins lets only server administrators pass
   * @param node this node's name
   * @param administration where it is noted who ran and stopped what
   */
  public static List<Route> of(
      UnaryOperator<Endpoint> forServerAdmins,
      Databases databases,
      Schedule schedule,
      String node,
      Administration administration) {
    Endpoint run = new RunDocument(schedule, administration);
    Endpoint stop = new StopDocument(databases, schedule, administration);
    StoredRefusals refusals = new StoredRefusals(databases, InstantSource.system());
    return List.of(
        new Route(
            Method.GET, "/_scheduler/refused", forServerAdmins.apply(new ListRefused(refusals))),
        new Route(
            Method.GET,
            "/_scheduler/refused/{id}",
            forServerAdmins.apply(new ReadRefused(refusals))),
        new Route(
            Method.DELETE,
            "/_scheduler/refused/{id}",
            forServerAdmins.apply(new ForgetRefused(refusals))),
        new Route(
            Method.POST,
            "/_scheduler/refused/{id}/_retry",
            forServerAdmins.apply(new RetryRefused(schedule, refusals))),
        new Route(
            Method.GET,
            "/_scheduler/jobs",
            forServerAdmins.apply(new ListJobs(schedule.scheduler(), node))),
        new Route(
            Method.GET,
            "/_scheduler/jobs/{id}",
            forServerAdmins.apply(new ReadJob(schedule.scheduler(), node))),
        new Route(
            Method.POST,
            "/_scheduler/jobs/{id}/_run",
            forServerAdmins.apply(new RunJob(schedule.scheduler(), node))),
        new Route(
            Method.GET,
            "/_scheduler/docs",
            forServerAdmins.apply(
                new SchedulerDocuments(databases, schedule, node, exchange -> Schedule.DATABASE))),
        new Route(
            Method.GET,
            "/_scheduler/docs/{path*}",
            forServerAdmins.apply(
                new SchedulerDocuments(
                    databases, schedule, node, exchange -> exchange.variable("path")))),
        new Route(
            Method.POST,
            "/_scheduler/docs/{path*}",
            forServerAdmins.apply(
                exchange ->
                    (exchange.variable("path").endsWith(StopDocument.STOP) ? stop : run)
                        .handle(exchange))));
  }
}
