import { logger } from "@calcom/lib/logger";
import type { EventOutbox } from "./lib/server/event-outbox";
import type { AskCounter } from "./serve/ask-counter";
import type { AssignmentsRepository } from "./serve/assignments.repository";
import type { ConfigCache } from "./serve/config/config-cache";
import { CreditsRepository } from "./serve/credits.repository";
import type { EnrolmentLimiter } from "./serve/enrolment-limiter";
import { ErasureRepository } from "./serve/erasure.repository";
import { createExperimentsService, type ExperimentsService } from "./serve/experiments.service";
import type { FactsRepository } from "./serve/facts.repository";
import { FlagRowsRepository } from "./serve/flag-rows.repository";
import { MembershipsRepository } from "./serve/memberships.repository";
import { observeExperiments } from "./serve/observed";
import type { ProvisionalRowsRepository } from "./serve/provisional-rows.repository";
import { readIds } from "./serve/read-ids";
import { RecordingsRepository } from "./serve/recordings.repository";
import type { RefusedReportsCounter } from "./serve/refused-reports";
import type { RowMemory } from "./serve/row-memory";
import { VisitorLinksRepository } from "./serve/visitor-links.repository";
import type { Pool } from "./sql/runner";
import type { HostIds } from "./utils/host-ids";

/** Joins what requests need with the clock and the randomness of this process. */
export function createServing({
  pool,
  schema,
  ...parts
}: {
  pool: Pool;
  /** Of the module's tables; null where every transaction finds them. */
  schema: string | null;
  asks: AskCounter;
  configs: ConfigCache;
  assignments: AssignmentsRepository;
  provisional: ProvisionalRowsRepository;
  facts: FactsRepository;
  memory: RowMemory;
  outbox: EventOutbox;
  refused: RefusedReportsCounter;
  ids: HostIds;
  limiter: EnrolmentLimiter;
  /** The most that a decision may take. */
  budgetMs: number;
}): ExperimentsService {
  const service = createExperimentsService({
    ...parts,
    flagRows: new FlagRowsRepository(pool),
    memberships: new MembershipsRepository(pool),
    recordings: new RecordingsRepository(pool),
    visitorLinks: new VisitorLinksRepository(pool),
    erasure: new ErasureRepository(pool),
    credits: new CreditsRepository(pool, { schema }),
    clock: Date.now,
    random: randomUint32,
    log: logger,
  });
  const experiments = readIds(service, parts.ids);
  return observeExperiments(experiments);
}

function randomUint32(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
