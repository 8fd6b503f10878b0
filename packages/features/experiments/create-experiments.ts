import "server-only";
import { logger } from "@calcom/lib/logger";
import { outsideRequest } from "@calcom/lib/outside-request";
import { requireSecrets, type Secrets } from "@calcom/lib/secrets";
import type { ComponentType } from "react";
import type { ExperimentProviderProps } from "./context/ExperimentProvider";
import { createExperimentsHandler } from "./create-handler";
import { createExperimentsModule, type ExperimentsModule } from "./create-module";
import { createPageProvider } from "./create-page-provider";
import type { ExperimentTracker } from "./lib/tracker";
import type { Metric } from "./metrics/define-metric";
import { MetricRegistry } from "./metrics/registry";
import { type DatabaseSettings, openDatabase, openDirect, openReplica, schemaOf } from "./open-database";
import { type IdentitySource, identify } from "./serve/identify";
import type { Identity } from "./serve/identity";
import { createTrackConversion, type TrackConversion } from "./serve/track-conversion";
import { findMissingColumns } from "./sql/host-views";
import type { IdTypes } from "./types/host-id";

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
  /** Whether the person agreed to take part, where your law or your site asks for that. */
  hasConsent?(headers: Asking): boolean | Promise<boolean>;
  /** Where a request comes from, as your proxies say it: new visitors are limited by it. */
  addressOf?(headers: Asking): string | null;
  /** The most that a decision may take, in milliseconds, 100 by default; past it, control is shown. */
  decisionBudgetMs?: number;
  /** True for a script that ends: it runs no jobs, and leaves events to the servers. */
  isJob?: boolean;
}

export interface Experiments {
  /** The four calls of the module: deciding, administration, results and jobs. Opened at the first use. */
  module(): ExperimentsModule;
  /** What the one route exports. */
  handler: { GET(request: Request): Promise<Response>; POST(request: Request): Promise<Response> };
  /** Decides in the request that renders, and hands the answers to the hooks. */
  ExperimentProvider: ComponentType<ExperimentProviderProps>;
  /** Counts what server code did, by itself or in your own transaction. */
  trackConversion: TrackConversion;
  /** Who a request comes from, for routes and actions of your own. */
  identify(request: { headers: Headers }): Promise<Identity>;
  /** Opens all of it now. Rejects with what your views lack: call it where your server starts. */
  start(): Promise<void>;
  /** Finishes what is under way and closes the connections; the next use opens them again. */
  close(): Promise<void>;
}

interface Opened {
  module: ExperimentsModule;
  /** What the host's views lack; rejects where the database cannot be asked. */
  findFaults(): Promise<string[]>;
  close(): Promise<void>;
}

// Next keeps several instances of a file in one process, but there must be one cache, one listener and one outbox.
const shared = globalThis as typeof globalThis & { experimentsOfProcess?: Opened | undefined };

/** Makes all that an application mounts from one configuration. Nothing is opened before the first use. */
export function createExperiments(settings: ExperimentsSettings): Experiments {
  const open = () => {
    // Who asks first may be a request, and what is opened outlives it.
    shared.experimentsOfProcess ??= outsideRequest(() => openExperiments(settings));
    return shared.experimentsOfProcess;
  };
  const module = () => open().module;
  const whoAsks = async (headers: Headers, isRender = false): Promise<Identity> => {
    const source: IdentitySource = {
      headers,
      userId: await settings.userOf(headers),
      secrets: secretsOf(settings),
      hasConsent: (await settings.hasConsent?.(headers)) ?? true,
      isRender,
      address: settings.addressOf?.(headers) ?? null,
    };
    return identify(source);
  };
  return {
    module,
    handler: createExperimentsHandler({
      experiments: {
        decide: (...asked) => module().experiments.decide(...asked),
        recordExposures: (...reported) => module().experiments.recordExposures(...reported),
        recordConversions: (...reported) => module().experiments.recordConversions(...reported),
      },
      identify: ({ headers }) => whoAsks(headers),
      administration: module,
      findFaults: () => open().findFaults(),
    }),
    ExperimentProvider: createPageProvider({
      apiPath: settings.apiPath ?? "/api/experiments",
      identify: (headers) => whoAsks(headers, true),
      experiments: () => module().experiments,
    }),
    trackConversion: createTrackConversion(() => module().experiments),
    identify: ({ headers }) => whoAsks(headers),
    async start() {
      const { module: opened, findFaults } = open();
      const faults = await findFaults();
      if (faults.length > 0) throw new Error(faults.join("\n"));
      await opened.load();
    },
    async close() {
      const opened = shared.experimentsOfProcess;
      shared.experimentsOfProcess = undefined;
      await opened?.close();
    },
  };
}

function openExperiments(settings: ExperimentsSettings): Opened {
  const { ids = {}, isJob = false, metrics = [] } = settings;
  const secrets = secretsOf(settings);
  const registry = new MetricRegistry();
  registry.register(metrics);
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
  const findFaults = () => findMissingColumns(database.pool, ids);
  if (!isJob) void startJobs(module, findFaults);
  return {
    module,
    findFaults,
    async close() {
      await module.close();
      await database.close();
    },
  };
}

/** On views that lack something, each job would fail by itself and say less. */
async function startJobs(module: ExperimentsModule, findFaults: Opened["findFaults"]): Promise<void> {
  // A database that does not answer yet is what jobs can live with.
  const faults = await findFaults().catch(() => []);
  if (faults.length === 0) module.startJobs();
  else logger.error("Experiments cannot work, and show control: mend your views and start anew.", { faults });
}

function secretsOf({ secrets }: ExperimentsSettings): Secrets {
  const [current = "", ...previous] = secrets.filter((secret) => secret !== undefined && secret !== "");
  return requireSecrets([current, ...(previous as string[])]);
}
