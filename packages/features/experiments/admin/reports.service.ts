import { createHash, randomBytes } from "node:crypto";
import type { ReportFacts, ReportReader } from "../results/recount/report-reader";
import type { AccessService, Actor } from "../serve/access.service";
import type { AuditNotesRepository } from "../serve/audit-notes.repository";
import type { LinkKeeper } from "../serve/link-keeper";
import type { StoredPreviewLink } from "../serve/preview-links.repository";
import type { ExperimentRecords } from "./records";

export interface ReportsParts {
  access: Pick<AccessService, "authorize">;
  records: Pick<ExperimentRecords, "find">;
  reader: ReportReader;
  keeper: LinkKeeper;
  notes: Pick<AuditNotesRepository, "add">;
}

export interface ReportLink {
  /** By which it is taken back. */
  id: string;
  /** What opens the report. It is told once: its hash alone is kept. */
  token: string;
  expiresAt: Date;
}

/** Reports of experiments, and links that show one to people without an account. */
export class ReportsService {
  readonly #parts: ReportsParts;

  constructor(parts: ReportsParts) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config` */
  async read(actor: Actor, slug: string): Promise<ReportFacts> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.reader.read(slug);
  }

  /**
   * The same for a file. The audit log has who took it, as for every export.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async export(actor: Actor, slug: string): Promise<ReportFacts> {
    const actorId = await this.#parts.access.authorize(actor, "view");
    const facts = await this.#parts.reader.read(slug);
    await this.#parts.notes.add(actorId, { kind: "export", slug, facts: { content: "report as Markdown" } });
    return facts;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found` */
  async mintLink(actor: Actor, { slug, days }: { slug: string; days: number }): Promise<ReportLink> {
    const { keeper, records } = this.#parts;
    const makerId = await keeper.authorize(actor);
    await records.find(slug);
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    const { id, expiresAt } = await keeper.keep(makerId, { slug, days, tokenHash: hashToken(token) });
    return { id, token, expiresAt: new Date(expiresAt) };
  }

  /** Those that work now, without what opens them. @throws ExperimentError `not_signed_in`, `not_allowed` */
  listLinks(actor: Actor, slug: string): Promise<StoredPreviewLink[]> {
    return this.#parts.keeper.list(actor, slug);
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed`; `not_found` where it is gone already */
  revokeLink(actor: Actor, link: { slug: string; id: string }): Promise<void> {
    return this.#parts.keeper.revoke(actor, link);
  }
}

const TOKEN_BYTES = 32;

/** A secret of 32 random bytes cannot be guessed, so that its hash needs no salt. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
