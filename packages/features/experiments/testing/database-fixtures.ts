import { env } from "@calcom/lib/env";
import { secretsFrom } from "@calcom/lib/secrets";
import { createDatabase, type Database } from "@calcom/prisma";
import { processMetrics } from "../metrics/process-metrics";
import { CountsService } from "../results/recount/counts.service";
import { ResultsRepository } from "../results/recount/results.repository";
import { StatsRepository } from "../results/recount/stats.repository";
import { StoredCountsRepository } from "../results/recount/stored-counts.repository";
import { ExperimentConfigsRepository } from "../serve/config/experiment-configs.repository";
import type { Identity } from "../serve/identity";
import { createExperimentsModule, type ExperimentsModule, type ModuleParts } from "../server";
import type { ExperimentDetail } from "../types/admin";
import { DEFAULT_ANALYSIS } from "../types/analysis";
import { NO_ASSUMPTIONS } from "../types/assumptions";
import type { ExperimentInput } from "../types/input";
import { type NewMetric, newMetricSchema } from "../types/metric-catalog";
import { NO_METRICS } from "../types/metrics";
import { NO_SCHEDULE } from "../types/settings";
import type { ExperimentStats } from "../types/stats";
import { readStoredConfig } from "../utils/stored-config";

/** What an integration test works with: the module on a real database, as a process of its own would have it. */
export interface Fixture {
  database: Database;
  module: ExperimentsModule;
  admin: { userId: number };
  close(): Promise<void>;
}

/** A busy machine takes its time for what a test asks. */
const PATIENT_MS = 10_000;

export async function createFixture(
  connectionString: string,
  parts: Partial<Omit<ModuleParts, "database">> = {},
): Promise<Fixture> {
  const database = createDatabase({ connectionString });
  const module = createExperimentsModule({
    decisionBudgetMs: PATIENT_MS,
    previews: { secrets: () => secretsFrom(env().PREVIEW_SECRET, env().PREVIEW_SECRET_PREVIOUS) },
    ...parts,
    database,
  });
  const admin = await onceItAnswers(() =>
    database.prisma.user.upsert({
      where: { email: "admin@test.example" },
      update: {},
      create: { email: "admin@test.example", name: "Ada", passwordHash: "-", role: "ADMIN" },
    }),
  );
  return {
    database,
    module,
    admin: { userId: admin.id },
    async close() {
      await module.close();
      await database.close();
    },
  };
}

/** A machine that stands still for a moment is taken for a database that is away. */
async function onceItAnswers<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

let counter = 0;

export async function createUser(
  database: Database,
  attributes: Record<string, string> = {},
): Promise<number> {
  const user = await database.prisma.user.create({
    data: {
      email: `user-${++counter}-${Date.now()}@test.example`,
      name: "Uma",
      passwordHash: "-",
      attributes,
    },
  });
  return user.id;
}

export async function createTeam(
  database: Database,
  memberIds: number[],
  isSubscribed = false,
): Promise<number> {
  const team = await database.prisma.team.create({
    data: {
      name: "A team",
      slug: `team-${++counter}-${Date.now()}`,
      memberships: { create: memberIds.map((userId) => ({ userId, accepted: true })) },
      ...(isSubscribed ? { subscription: { create: { seats: 3, pricePerSeat: 12 } } } : {}),
    },
  });
  return team.id;
}

/** A metric of recorded events, as somebody would make it in the catalog. */
export function aMetric(changes: Partial<NewMetric> = {}): NewMetric {
  return newMetricSchema.parse({
    key: `metric-${++counter}-${Date.now()}`,
    definition: { kind: "conversion", name: "Clicked", source: { from: "events", events: ["clicked"] } },
    ...changes,
  });
}

export function anInput(changes: Partial<ExperimentInput> = {}): ExperimentInput {
  return {
    slug: `experiment-${++counter}`,
    name: "Upgrade button",
    description: "",
    hypothesis: "",
    learning: "",
    tags: [],
    unit: "user",
    assignmentType: "deterministic",
    variants: [
      { name: "control", percentage: 50 },
      { name: "urgent", percentage: 50 },
    ],
    control: "control",
    trafficPercentage: 100,
    exclusionGroups: [],
    targetingRules: {},
    clientEvents: ["clicked"],
    conversionWindowDays: 14,
    setPersonProperties: false,
    metrics: NO_METRICS,
    withoutMetric: null,
    analysis: DEFAULT_ANALYSIS,
    assumptions: NO_ASSUMPTIONS,
    schedule: NO_SCHEDULE,
    ...changes,
  };
}

export async function aRunningExperiment(
  { module, admin }: Fixture,
  changes: Partial<ExperimentInput> = {},
): Promise<ExperimentDetail> {
  const { slug, version } = await module.admin.editing.create(admin, anInput(changes));
  const withoutMetric = "A test of an experiment that has none.";
  return module.admin.lifecycle.updateStatus(admin, { slug, version, action: "start", withoutMetric });
}

export function anIdentity(changes: Partial<Identity> = {}): Identity {
  return { userId: null, visitorId: null, isBot: false, hasConsent: true, address: "192.0.2.1", ...changes };
}

/** All that was counted, by variant too, whether or not it is time to tell it. */
export async function countsOf({ database: { pool } }: Fixture, slug: string): Promise<ExperimentStats> {
  const parts = {
    stats: new StatsRepository(pool),
    stored: new StoredCountsRepository(pool),
    configs: new ExperimentConfigsRepository(pool),
    results: new ResultsRepository(pool),
    metrics: processMetrics(),
  };
  const [row] = await new ExperimentConfigsRepository(pool).loadMany([slug]);
  const stored = row && readStoredConfig(row);
  return new CountsService(parts).countAll(slug, stored?.ok ? stored.config : null);
}
