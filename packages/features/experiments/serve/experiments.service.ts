import type { EventOutbox } from "../lib/server/event-outbox";
import { createHostIds, type HostIds } from "../utils/host-ids";
import type { AskCounter } from "./ask-counter";
import type { AssignmentsRepository } from "./assignments.repository";
import { Budget } from "./budget";
import type { ConfigCache } from "./config/config-cache";
import { createCrediting } from "./crediting.service";
import type { CreditsRepository } from "./credits.repository";
import { Decider } from "./decider";
import { createDecisions } from "./decision.service";
import type { EnrolmentLimiter } from "./enrolment-limiter";
import type { ErasureRepository } from "./erasure.repository";
import { createErasure } from "./erasure.service";
import type { FactsRepository } from "./facts.repository";
import { createFlagAnswers } from "./flag-answers.service";
import type { FlagRowsRepository } from "./flag-rows.repository";
import { createListing } from "./listing.service";
import { LookupService } from "./lookup.service";
import type { MembershipsRepository } from "./memberships.repository";
import type { ProvisionalRowsRepository } from "./provisional-rows.repository";
import { createRecordings } from "./recording.service";
import type { RecordingsRepository } from "./recordings.repository";
import type { RefusedReportsCounter } from "./refused-reports";
import type { RowMemory } from "./row-memory";
import type { VisitorLinksRepository } from "./visitor-links.repository";
import { createVisitors } from "./visitors.service";

export interface ExperimentsParts {
  asks: Pick<AskCounter, "note">;
  configs: Pick<ConfigCache, "getMany" | "all" | "stamp">;
  assignments: Pick<AssignmentsRepository, "find" | "insert">;
  provisional: Pick<ProvisionalRowsRepository, "confirm">;
  memberships: MembershipsRepository;
  /** What this node knows of rows. */
  memory: RowMemory;
  recordings: Pick<RecordingsRepository, "expose" | "convert">;
  visitorLinks: VisitorLinksRepository;
  erasure: ErasureRepository;
  credits: Pick<CreditsRepository, "credit" | "creditWithin">;
  facts: Pick<FactsRepository, "load">;
  flagRows: Pick<FlagRowsRepository, "find">;
  limiter: EnrolmentLimiter;
  outbox: Pick<EventOutbox, "kick">;
  /** What this node did not record, and why. */
  refused: Pick<RefusedReportsCounter, "note">;
  /** The most that a decision may take, in milliseconds. */
  budgetMs: number;
  clock: () => number;
  random: () => number;
  /** Reads the ids that conversions name; those of integers by default. */
  ids?: HostIds;
  log: Record<"warn" | "error", (message: string, facts?: Record<string, unknown>) => void>;
}

/** Joins what decides, exposes and converts, for any page and any server code. */
export function createExperimentsService({ ids = createHostIds(), ...given }: ExperimentsParts) {
  const parts = { ...given, ids };
  const lookup = new LookupService(parts);
  const budget = new Budget(parts.budgetMs);
  const decider = new Decider({ ...parts, lookup, budget });
  const doors = {
    ...createDecisions(decider, parts.budgetMs),
    ...createRecordings({ ...parts, lookup, decider }),
    ...createCrediting({ ...parts, lookup }),
    ...createVisitors(parts.visitorLinks, parts.memory),
    ...createErasure(parts),
    ...createListing(parts.configs),
    ...createFlagAnswers({ ...parts, decider }),
  };
  return budget.limit(doors, WAITS);
}

const WAITS = {
  decide: "own",
  foresee: "own",
  decideFor: "own",
  answerFlags: "answer",
  isOthersVisitor: "answer",
  listActive: "answer",
  stamp: "answer",
  recordExposures: "report",
  exposeFor: "report",
  recordConversions: "report",
  trackConversion: "report",
  trackConversionWithin: "own",
  linkVisitor: "report",
  // An erasure must not be taken for undone.
  forgetSubject: "own",
  forgetVisitor: "own",
} as const;

export type ExperimentsService = ReturnType<typeof createExperimentsService>;
