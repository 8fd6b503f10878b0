import { createTestDatabase, dropTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { DAY_MS } from "@calcom/lib/time";
import { createDatabase } from "@calcom/prisma/create";
import { deployMigrations } from "@calcom/prisma/deploy";
import type pg from "pg";
import { migrationsDir } from "../../lib/paths";
import { Random } from "../engine/internals";
import {
  anInput,
  createEnrolmentLimiter,
  createExperimentsModule,
  type ExperimentInput,
  type ExperimentsModule,
  MetricRegistry,
  type StoredResult,
} from "../internals";
import { revenue } from "./planted";

/** The experiments module as a node has it, on a database that is thrown away. */
export interface World {
  module: ExperimentsModule;
  pool: pg.Pool;
  admin: { userId: number };
  random: Random;
  /** The last one, UTC, in epoch milliseconds: looks are made then, so that the hour of a run changes no figure. */
  midnight: number;
  /** All `full` subjects, or a part of them in a quick run. */
  size(full: number, quick: number): number;
  create(changes: Partial<ExperimentInput>): Promise<string>;
  /** Sets the salt of a draft, which is random otherwise: the same seed must give everybody the same variant. */
  giveSalt(slug: string): Promise<void>;
  start(slug: string): Promise<void>;
  recount(slug: string): Promise<StoredResult>;
  close(): Promise<void>;
}

export async function openWorld({ quick, seed }: { quick: boolean; seed: number }): Promise<World> {
  const server = await startTestServer();
  const { name, url } = await createTestDatabase({ adminUrl: server.adminUrl, prefix: "simulate" });
  const cleanUp = async () => {
    await dropTestDatabase(server.adminUrl, name);
    await server.stop();
  };
  try {
    await deployMigrations({ connectionString: url, migrationsDir });
    const opened = await openModule(url);
    return {
      ...actionsOf(opened, seed),
      ...opened,
      midnight: Math.floor(Date.now() / DAY_MS) * DAY_MS,
      random: new Random(seed * 1_000 + 500),
      size: (full, small) => (quick ? small : full),
      async close() {
        await opened.close();
        await cleanUp();
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

type Opened = Pick<World, "module" | "pool" | "admin" | "close">;

async function openModule(connectionString: string): Promise<Opened> {
  // Waiting for a connection takes longer here than on any page.
  const database = createDatabase({ connectionString, connectionTimeoutMs: 30_000 });
  const metrics = new MetricRegistry();
  metrics.register([revenue]);
  const module = createExperimentsModule({
    // Nobody's page waits for it, and the machine may be busy.
    decisionBudgetMs: 10_000,
    database,
    limiter: createEnrolmentLimiter({ newVisitorsPerHour: 1e9, eventsPerMinute: 1e9 }),
    metrics,
  });
  const admin = await database.prisma.user.create({
    data: { email: "admin@simulated.example", name: "Ada", passwordHash: "-", role: "ADMIN" },
  });
  return {
    module,
    pool: database.pool,
    admin: { userId: admin.id },
    async close() {
      await module.close();
      await database.close();
    },
  };
}

function actionsOf(
  { module, pool, admin }: Opened,
  seed: number,
): Pick<World, "create" | "giveSalt" | "start" | "recount"> {
  let created = 0;
  const giveSalt = async (slug: string) => {
    await pool.query(
      `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('salt', $2::text) WHERE "slug" = $1`,
      [slug, `${seed}-${slug}`],
    );
  };
  return {
    async create(changes) {
      const slug = `simulated-${++created}`;
      await module.admin.editing.create(admin, anInput({ unit: "visitor", ...changes, slug }));
      await giveSalt(slug);
      return slug;
    },
    giveSalt,
    async start(slug) {
      const { version } = await module.admin.catalog.get(admin, slug);
      await module.admin.lifecycle.updateStatus(admin, { slug, version, action: "start" });
    },
    async recount(slug) {
      const result = await module.recounts.recount(slug, { isPatient: true });
      if (result === null) throw new Error(`${slug} could not be counted.`);
      return result;
    },
  };
}
