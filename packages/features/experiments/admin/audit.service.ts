import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { AccessService, Actor } from "../serve/access.service";
import type { AuditEntry, AuditPage, Difference } from "../types/activity";
import { metricsSchema, NO_METRICS, statusSchema } from "../types/settings";
import { differencesOf } from "../utils/differences";
import type { AuditFilter, AuditRepository, AuditRow } from "./audit.repository";

export type { AuditEntry, AuditPage } from "../types/activity";
export type AuditQuery = Omit<AuditFilter, "limit">;

const PAGE_SIZE = 50;
const EXPORT_LIMIT = 50_000;

/** Says who has changed what, and when. */
export class AuditService {
  readonly #access: AccessService;
  readonly #audit: AuditRepository;

  constructor(access: AccessService, audit: AuditRepository) {
    this.#access = access;
    this.#audit = audit;
  }

  async list(actor: Actor, query: AuditQuery = {}): Promise<AuditPage> {
    await this.#access.authorize(actor, "view");
    // One more than wanted tells whether there is a next page.
    const [rows, actors] = await Promise.all([
      this.#audit.list({ ...query, limit: PAGE_SIZE + 1 }),
      this.#audit.actors(),
    ]);
    const page = rows.slice(0, PAGE_SIZE);
    return {
      entries: page.map(toEntry),
      nextBefore: rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null,
      actors,
    };
  }

  /**
   * One line per value that differs. A value that a spreadsheet would run as a formula is prefixed by an apostrophe.
   */
  async exportCsv(actor: Actor, query: AuditQuery = {}): Promise<string> {
    await this.#access.authorize(actor, "view");
    const rows = await this.#audit.list({ ...query, limit: EXPORT_LIMIT });
    const lines = rows
      .map(toEntry)
      .flatMap(({ differences, ...entry }) =>
        (differences.length > 0 ? differences : [null]).map((difference) => [
          entry.id,
          entry.at.toISOString(),
          entry.actor?.name ?? "",
          entry.actor?.id ?? "",
          entry.actorRole,
          entry.slug ?? "",
          entry.tableName,
          entry.action,
          difference?.path ?? "",
          asText(difference?.before),
          asText(difference?.after),
        ]),
      );
    return stringify([COLUMNS, ...lines], { escape_formulas: true });
  }
}

const COLUMNS = [
  "id",
  "at",
  "actor",
  "actor_id",
  "database_role",
  "experiment",
  "table",
  "action",
  "field",
  "before",
  "after",
];

/** Columns that change with every save, and would bury the change itself. */
const INCIDENTAL = new Set(["version", "updatedAt", "updatedBy", "createdAt"]);

/** An empty row, so that creation and deletion are listed setting by setting. */
const NOTHING = { metadata: {} };

function toEntry({ before, after, ...row }: AuditRow): AuditEntry {
  const nothing = row.tableName === "ExperimentResult" ? {} : NOTHING;
  const differences = differencesOf(before ?? nothing, after ?? nothing)
    .filter(({ path }) => !INCIDENTAL.has(path))
    .map((difference) => ({ ...difference, path: difference.path.replace(/^metadata\./, "") }));
  return {
    ...row,
    differences,
    changesMetricsAfterStart: changesMetricsAfterStart({ before, after }, differences),
  };
}

/** Where no metrics are named, every event that browsers may report is one. */
function changesMetricsAfterStart(
  { before, after }: Pick<AuditRow, "before" | "after">,
  differences: readonly Difference[],
): boolean {
  const changed = differences.filter(({ path }) => /^(?:metrics|clientEvents)\./.test(path));
  if (changed.length === 0) return false;
  const [then, now] = [measured(before), measured(after)];
  if (then === null || now === null || then.status === "draft") return false;
  const { primary, secondary, guardrails } = now.metrics;
  const isByEvents = primary === null && secondary.length === 0 && guardrails.length === 0;
  return isByEvents || changed.some(({ path }) => path.startsWith("metrics."));
}

const measuredSchema = z.object({
  metadata: z.object({ status: statusSchema, metrics: metricsSchema.default(NO_METRICS) }),
});

function measured(row: AuditRow["before"]): z.infer<typeof measuredSchema>["metadata"] | null {
  const read = measuredSchema.safeParse(row);
  return read.success ? read.data.metadata : null;
}

function asText(value: Difference["before"]): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
