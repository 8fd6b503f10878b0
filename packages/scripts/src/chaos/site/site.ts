import { randomBytes } from "node:crypto";
import { ownDatabase } from "@calcom/embedded-postgres/own-database";
import { createTcpProxy, type TcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import pg from "pg";
import { inSeconds } from "../deadline";
import { startTraffic, type Traffic } from "../traffic/traffic";
import type { Cluster } from "./cluster";
import { ADMIN, migrateAndFill } from "./fill";
import { type Node, type NodeOptions, startNode } from "./node";

/** An installation of its own: a database that nobody has used, and whatever is started on it. */
export interface Site {
  cluster: Cluster;
  /** The name of the database, and of the role that owns it. */
  name: string;
  /** Past the way of the nodes, as the role that owns the database. */
  url: string;
  /** The way of all nodes to the database, which can be closed. */
  way: TcpProxy;
  secrets: Readonly<Record<string, string>>;
  admin: { email: string; password: string };
  start(options?: Partial<NodeOptions>): Promise<Node>;
  traffic(baseUrl: string, perSecond: number): Traffic;
  /** As superuser on the database, past the way of the nodes. */
  sudo<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Leads way and superuser to where the database is now. */
  follow(url?: string): void;
  /** Closed at the end, the last one first. */
  defer(close: () => unknown): void;
  close(): Promise<void>;
}

export interface SiteOptions {
  isMigrated?: boolean;
  /** Settings of all nodes over the usual ones. */
  env?: Record<string, string>;
}

export async function openSite(
  cluster: Cluster,
  { isMigrated = true, env = {} }: SiteOptions = {},
): Promise<Site> {
  const name = `chaos_${randomBytes(4).toString("hex")}`;
  const url = await ownDatabase(cluster.url, name);
  if (isMigrated) await migrateAndFill(url);
  const way = await createTcpProxy(url);
  const secrets = Object.fromEntries(
    ["NEXTAUTH_SECRET", "VISITOR_COOKIE_SECRET", "PREVIEW_SECRET"].map((key) => [
      key,
      randomBytes(32).toString("hex"),
    ]),
  );
  const closers: (() => unknown)[] = [() => way.close()];
  let superuserUrl = cluster.url(name);
  return {
    cluster,
    name,
    url,
    way,
    secrets,
    admin: ADMIN,
    async start(options = {}) {
      const usual = { databaseUrl: way.connectionString, secrets };
      const node = await startNode({ ...usual, ...options, env: { ...env, ...options.env } });
      closers.push(() => node.kill());
      return node;
    },
    traffic(baseUrl, perSecond) {
      const cookieSecret = secrets.VISITOR_COOKIE_SECRET ?? "";
      const traffic = startTraffic({ baseUrl, perSecond, cookieSecret });
      closers.push(traffic.stop);
      return traffic;
    },
    async sudo<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
      const client = new pg.Client({
        connectionString: superuserUrl,
        options: "-c default_transaction_read_only=off",
        connectionTimeoutMillis: 10_000,
        query_timeout: 30_000,
      });
      client.on("error", () => {}); // the statement that it breaks tells
      await client.connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    follow(target = cluster.url(name)) {
      superuserUrl = target;
      way.lead(target);
    },
    defer: (close) => void closers.push(close),
    async close() {
      const failures: unknown[] = [];
      for (const close of closers.reverse())
        await inSeconds(30, "Closing something", Promise.resolve().then(close)).catch((error: unknown) =>
          failures.push(error),
        );
      if (failures.length > 0) throw failures[0];
    },
  };
}
