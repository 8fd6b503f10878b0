import { readJsonTime } from "@calcom/lib/read-times";
import { containing } from "@calcom/lib/sql";
import type { ExperimentRow } from "../experiments.repository";
import { readFirst } from "../sql/long-statement";
import type { Pool } from "../sql/runner";
import type {
  Attention,
  ChosenAfterStart,
  FoundExperiment,
  ListSort,
  SegmentDoubt,
  SplitDoubt,
  VerdictEffect,
} from "../types/admin";
import type { Health, Problem } from "../types/health";
import { compareHostIds, type HostId } from "../types/host-id";
import type { Status, Unit } from "../types/settings";
import { DESCRIBE_SQL, FIND_SQL, listSql } from "./catalog-sql";

/** An experiment with everything that is shown beside it, its counts among them. */
export interface DescribedRow extends ExperimentRow {
  updatedAt: Date;
  updatedById: number | null;
  updatedByName: string | null;
  ownerId: HostId | null;
  ownerName: string | null;
  assignments: number;
  areMore: boolean;
  recentExposures: number;
  countedAt: Date | null;
  /** What the newest result says of the split, where it doubts it. */
  splitOff: SplitDoubt | null;
  /** Segments whose split it doubts. */
  splitOffIn: SegmentDoubt[];
  health: Health | null;
  effect: VerdictEffect | null;
  /** Of one that is over, by its result: the metrics that were not registered at the start. Null where there is none. */
  markedAtEnd: ChosenAfterStart[] | null;
}

export interface ListFilter {
  search?: string | undefined;
  status?: Status | undefined;
  unit?: Unit | undefined;
  ownerId?: HostId | undefined;
  needsAttention?: boolean | undefined;
  problem?: Problem | undefined;
  tag?: string | undefined;
  sort?: ListSort | undefined;
  limit: number;
  offset: number;
}

/** Reads experiments as the pages show them. It counts rows: what only decides reads `ExperimentsRepository`. */
export class CatalogRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Reads a page, the number of all matches and all owners in one statement. */
  async list(filter: ListFilter): Promise<Summary & { rows: DescribedRow[]; attention: Attention }> {
    const [found] = await readFirst<
      Summary & { rows: ListedRow[] | null; attention: number; problems: Attention["problems"] }
    >(this.#pool, listSql(filter.sort ?? "changed"), [
      filter.search ? containing(filter.search) : null,
      filter.status ?? null,
      filter.unit ?? null,
      filter.ownerId === undefined ? null : String(filter.ownerId),
      filter.limit,
      filter.offset,
      problemAsked(filter),
      filter.tag ?? null,
    ]);
    const {
      rows,
      total = 0,
      overall = 0,
      owners = [],
      tags = [],
      attention = 0,
      problems = {},
    } = found ?? {};
    return {
      rows: (rows ?? []).map(({ position, ...row }) => ({
        ...row,
        updatedAt: readJsonTime(row.updatedAt),
        countedAt: row.countedAt === null ? null : readJsonTime(row.countedAt),
      })),
      total,
      overall,
      owners: owners.sort((a, b) => a.name.localeCompare(b.name) || compareHostIds(a.id, b.id)),
      tags,
      attention: { experiments: attention, problems },
    };
  }

  /** Finds a few by part of their slug or name, without counting anything. An empty text finds those changed last. */
  find(text: string): Promise<FoundExperiment[]> {
    const part = containing(text);
    return readFirst<FoundExperiment>(this.#pool, FIND_SQL, [part, part.slice(1)]);
  }

  async describe(slug: string): Promise<DescribedRow | null> {
    const [row] = await readFirst<DescribedRow>(this.#pool, DESCRIBE_SQL, [slug]);
    return row ?? null;
  }
}

/** Empty for any problem, null where none is asked for. */
export function problemAsked({
  problem,
  needsAttention = false,
}: Pick<ListFilter, "problem" | "needsAttention">): string | null {
  return problem ?? (needsAttention ? "" : null);
}

interface Summary {
  total: number;
  overall: number;
  owners: { id: HostId; name: string }[];
  tags: string[];
}

/** The row as JSON, in which dates are texts. */
type ListedRow = Omit<DescribedRow, "updatedAt" | "countedAt"> & {
  updatedAt: string;
  countedAt: string | null;
  position: number;
};
