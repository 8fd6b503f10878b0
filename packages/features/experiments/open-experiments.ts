import "server-only";
import { logger } from "@calcom/lib/logger";
import { requireSecrets, type Secrets } from "@calcom/lib/secrets";
import { createExperimentsModule, type ExperimentsModule } from "./create-module";
import type { ExperimentTracker } from "./lib/tracker";
import type { Metric } from "./metrics/define-metric";
import type { Source } from "./metrics/define-source";
import { MetricRegistry } from "./metrics/registry";
import { type DatabaseSettings, openDatabase, openDirect, openReplica, schemaOf } from "./open-database";
import type { Procedures } from "./procedures/procedure";
import type { Identity } from "./serve/identity";
import { findFaultyStructure } from "./sql/host-views";
import type { Pool } from "./sql/runner";
import { type IdTypes, INTEGER_IDS } from "./types/host-id";
import { createHostIds, type HostIds } from "./utils/host-ids";

/** What identifies a request. */
type Asking = Pick<Headers, "get">;

export interface ExperimentsSettings {
  database: DatabaseSettings;
  /** What the ids of your users and teams are, as "init" was told; integers by default. */
  ids?: Partial<IdTypes>;
  /** What visitors' cookies and links are signed with, the present secret first: at least 32 characters each. */
  secrets: readonly (string | undefined)[];
  /** Whoever is signed in, by your own session; null for nobody. */
  userOf(headers: Headers): Promise<Identity["userId"]> | Identity["userId"];
  /** Where the route is mounted, with your base path; "/api/experiments" by default. */
  apiPath?: string;
  /** Where exposures and conversions go besides, such as `createPostHogTracker` of "experiments/posthog/server". */
  tracker?: ExperimentTracker | undefined;
  metrics?: readonly Metric[];
  /** From which people make metrics themselves, in the catalog of the administration. */
  sources?: readonly Source[];
  /** Whether the person agreed to take part, where your law or your site asks for that. */
  hasConsent?(headers: Asking): boolean | Promise<boolean>;
  /** Where a request comes from, as your proxies say it: new visitors are limited by it. */
  addressOf?(headers: Asking): string | null;
  /** The most that a decision may take, in milliseconds, 100 by default; past it, control is shown. */
  decisionBudgetMs?: number;
  /** True for a script that ends: it runs no jobs, and leaves events to the servers. */
  isJob?: boolean;
}

/** Work in the background. */
export interface BackgroundWork {
  start(): void;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** What stands on the same tables beside experiments, such as flags. */
export interface BesideExperiments<Part extends BackgroundWork> {
  open(opened: { database: { pool: Pool }; ids: HostIds; module: ExperimentsModule }): Part;
  /** What the pages of the administration ask of it. */
  procedures(part: () => Part): Procedures;
}

/** What one process has open. */
export interface OpenedExperiments<Part> {
  module: ExperimentsModule;
  /** Null where nothing stands beside. */
  part: Part | null;
  /** What the host's views, or the module's migrations, lack; rejects where the database cannot be asked. */
  findFaults(): Promise<string[]>;
  close(): Promise<void>;
}

export function openExperiments<Part extends BackgroundWork>(
  settings: ExperimentsSettings,
  beside: BesideExperiments<Part> | null,
): OpenedExperiments<Part> {
  const { ids = {}, isJob = false, metrics = [], sources = [] } = settings;
  const secrets = secretsOf(settings);
  const registry = new MetricRegistry();
  registry.register(metrics);
  registry.registerSources(sources);
  const database = openDatabase(settings.database);
  const module = createExperimentsModule({
    database,
    schema: schemaOf(settings.database),
    ids,
    direct: isJob ? undefined : openDirect(settings.database),
    replica: openReplica(settings.database),
    ...(settings.tracker === undefined ? {} : { tracker: settings.tracker }),
    ...(settings.decisionBudgetMs === undefined ? {} : { decisionBudgetMs: settings.decisionBudgetMs }),
    previews: { secrets: () => secrets },
    metrics: registry,
    isJob,
  });
  const findFaults = () => findFaultyStructure(database.pool, ids);
  const part = beside?.open({ database, ids: createHostIds({ ...INTEGER_IDS, ...ids }), module }) ?? null;
  if (!isJob)
    void startJobs(findFaults, () => {
      module.startJobs();
      part?.start();
    });
  return {
    module,
    part,
    findFaults,
    async close() {
      await part?.close();
      await module.close();
      await database.close();
    },
  };
}

/** On views that lack something, each job would fail by itself and say less. */
async function startJobs(findFaults: () => Promise<string[]>, start: () => void): Promise<void> {
  // A database that does not answer yet is what jobs can live with.
  const faults = await findFaults().catch(() => []);
  if (faults.length === 0) start();
  else logger.error("Experiments cannot work, and show control: mend this and start anew.", { faults });
}

export function secretsOf({ secrets }: ExperimentsSettings): Secrets {
  const [current = "", ...previous] = secrets.filter((secret) => secret !== undefined && secret !== "");
  return requireSecrets([current, ...(previous as string[])]);
}
