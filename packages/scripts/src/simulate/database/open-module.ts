import { createDatabase } from "@calcom/prisma/create";
import type pg from "pg";
import {
  createEnrolmentLimiter,
  createExperimentsModule,
  type ExperimentsModule,
  MetricRegistry,
} from "../internals";
import { revenue } from "./planted";

export interface OpenedModule {
  module: ExperimentsModule;
  pool: pg.Pool;
  admin: { userId: number };
  close(): Promise<void>;
}

/** Opens the module on a database, with an administrator and a metric of its own, and without limits that a simulation meets. */
export async function openModule(connectionString: string): Promise<OpenedModule> {
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
