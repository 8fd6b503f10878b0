import { analyseExperiment } from "@calcom/statistics";
import type { Metric } from "../../metrics/define-metric";
import type { Source } from "../../metrics/define-source";
import { MetricRegistry } from "../../metrics/registry";
import type { AccessService } from "../../serve/access.service";
import { AuditNotesRepository } from "../../serve/audit-notes.repository";
import { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import type { Pool } from "../../sql/runner";
import type { HostIds } from "../../utils/host-ids";
import type { TrialTimes } from "./computable";
import { CountsService } from "./counts.service";
import { FoldRepository } from "./fold.repository";
import { HealthRepository } from "./health.repository";
import { MetricTrialRepository } from "./metric-trial.repository";
import { MetricTrials } from "./metric-trials";
import { NewestResultsRepository } from "./newest-results.repository";
import { ReadableEventsService } from "./readable-events.service";
import { ReadableResults } from "./readable-results";
import { RecountRepository } from "./recount.repository";
import { RecountService } from "./recount.service";
import { ResultMaker, type ResultMakerParts } from "./result-maker";
import { ResultsRepository } from "./results.repository";
import { ResultsService } from "./results.service";
import { StatementService } from "./statement.service";
import { StatsRepository } from "./stats.repository";
import { StoredCountsRepository } from "./stored-counts.repository";
import { TurnsRepository } from "./turns.repository";
import { VerifyService } from "./verify.service";

export interface ResultsModule {
  results: ResultsService;
  recounts: RecountService;
  counts: CountsService;
  events: ReadableEventsService;
  verification: VerifyService;
  trials: MetricTrials;
  /** For other services, that ask who may read it themselves. */
  readable: ReadableResults;
}

/** Verification alone, for the command line. */
export function createVerification(pool: Pool): VerifyService {
  return new VerifyService(new ResultsRepository(pool), new RecountRepository(pool));
}

/** What a recount runs, to be read: for the command line. */
export function createStatements(
  pool: Pool,
  metrics: readonly Metric[],
  sources: readonly Source[] = [],
): StatementService {
  const registry = new MetricRegistry();
  registry.register(metrics);
  registry.registerSources(sources);
  return new StatementService({
    configs: new ExperimentConfigsRepository(pool),
    metrics: registry,
    recounts: new RecountRepository(pool),
  });
}

/** Joins the parts of results. Everything but receipts is read from the replica, if there is one. */
export function createResults(parts: {
  pool: Pool;
  replica?: Pool | undefined;
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  experiments: ResultMakerParts["experiments"];
  access: AccessService;
  metrics: MetricRegistry;
  ids: HostIds;
  /** The longest that one count takes, in milliseconds. */
  recountMs?: number;
  /** How long is looked for what has made it take longer. */
  trialTimes?: TrialTimes;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}): ResultsModule {
  const stored = new ResultsRepository(parts.pool);
  const folds = parts.replica === undefined ? new FoldRepository(parts.pool) : null;
  const limits = parts.recountMs === undefined ? {} : { limitMs: parts.recountMs };
  const recountsOfPrimary = new RecountRepository(parts.pool, limits);
  const counts = new CountsService({
    stats: new StatsRepository(parts.pool, parts.replica, folds),
    stored: new StoredCountsRepository(parts.pool),
    configs: parts.configs,
    results: stored,
    metrics: parts.metrics,
  });
  const trials = new MetricTrials(
    parts.metrics,
    new MetricTrialRepository(parts.replica ?? parts.pool, parts.ids.types),
  );
  const shared = { ...parts, results: stored, trials, analyse: analyseExperiment };
  const maker = new ResultMaker({
    ...shared,
    health: new HealthRepository(parts.pool),
    recounts: parts.replica === undefined ? recountsOfPrimary : new RecountRepository(parts.replica, limits),
    finalRecounts: recountsOfPrimary,
    folds,
  });
  const recounts = new RecountService({
    maker,
    counts,
    results: stored,
    turns: new TurnsRepository(parts.pool),
  });
  const readable = new ReadableResults(shared);
  return {
    results: new ResultsService({
      ...shared,
      notes: new AuditNotesRepository(parts.pool),
      readable,
      recounts,
      counts,
    }),
    recounts,
    counts,
    events: new ReadableEventsService({
      results: new NewestResultsRepository(parts.pool),
      metrics: parts.metrics,
    }),
    verification: new VerifyService(stored, recountsOfPrimary),
    trials,
    readable,
  };
}
