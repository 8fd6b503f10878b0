import { stringify } from "csv-stringify/sync";
import type { AccessService, Actor } from "../serve/access.service";
import type { AuditNotesRepository } from "../serve/audit-notes.repository";
import type { AuditPage, Difference } from "../types/activity";
import type { HostIds } from "../utils/host-ids";
import type { AuditFilter, AuditRepository, AuditRow } from "./audit.repository";
import { toEntry } from "./audit-entries";

export type { AuditEntry, AuditPage } from "../types/activity";
export type AuditQuery = Omit<AuditFilter, "limit">;

const PAGE_SIZE = 50;
const EXPORT_LIMIT = 50_000;
const EXPORT_BATCH = 1_000;
const EXPORT_CHARACTERS = 20_000_000;

/** Says who has changed what, and when. */
export class AuditService {
  readonly #access: AccessService;
  readonly #audit: AuditRepository;
  readonly #notes: Pick<AuditNotesRepository, "add">;
  readonly #ids: HostIds;

  constructor(
    access: AccessService,
    audit: AuditRepository,
    notes: Pick<AuditNotesRepository, "add">,
    ids: HostIds,
  ) {
    this.#access = access;
    this.#audit = audit;
    this.#notes = notes;
    this.#ids = ids;
  }

  async list(actor: Actor, query: AuditQuery = {}): Promise<AuditPage> {
    await this.#access.authorize(actor, "view");
    // One more than wanted tells whether there is a next page.
    const [rows, actors] = await Promise.all([
      this.#audit.list({ ...this.#readActor(query), limit: PAGE_SIZE + 1 }),
      this.#audit.listActors(),
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
    const actorId = await this.#access.authorize(actor, "view");
    const asking = this.#readActor(query);
    const csv = await this.#writeAll(asking);
    const { slug = null, ...asked } = asking;
    await this.#notes.add(actorId, { kind: "export", slug, facts: { content: "activity as CSV", ...asked } });
    return csv;
  }

  #readActor(query: AuditQuery): AuditQuery {
    const { actorId } = query;
    return actorId === undefined ? query : { ...query, actorId: this.#ids.user(actorId, "actorId") };
  }

  /**
   * The latest first, as much as a file may have. A page is forgotten before the next one is read: each entry holds an
   * experiment before and after, of which its lines are the smallest part.
   */
  async #writeAll(query: AuditQuery): Promise<string> {
    let csv = stringify([COLUMNS]);
    let { before } = query;
    for (let read = 0; read < EXPORT_LIMIT && csv.length < EXPORT_CHARACTERS; read += EXPORT_BATCH) {
      const rows = await this.#audit.list({ ...query, before, limit: EXPORT_BATCH });
      csv += stringify(rows.flatMap(toLines), { escape_formulas: true });
      if (rows.length < EXPORT_BATCH) break;
      before = rows.at(-1)?.id;
    }
    return csv;
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

/** One for each value that differs. */
function toLines(row: AuditRow): unknown[][] {
  const { differences, ...entry } = toEntry(row);
  return (differences.length > 0 ? differences : [null]).map((difference) => [
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
  ]);
}

function asText(value: Difference["before"]): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
