import { asForeseen } from "@calcom/lib/foreseen";
import type { AccessService, Actor } from "../serve/access.service";
import type { BulkAnswer, BulkChange, BulkOrder } from "../types/bulk";
import type { Permission } from "../utils/permissions";
import type { EditingService } from "./editing.service";
import type { Version } from "./experiment-changes.repository";
import type { LifecycleService } from "./lifecycle.service";
import { type ExperimentRecords, readExperiment } from "./records";

export interface BulkParts {
  access: Pick<AccessService, "authorize">;
  records: Pick<ExperimentRecords, "findVersion">;
  editing: Pick<EditingService, "updateConfig">;
  lifecycle: Pick<LifecycleService, "updateStatus">;
}

const required: Record<BulkChange["kind"], Permission> = {
  pause: "run",
  archive: "decide",
  tag: "edit",
};

/** Does the same to several experiments, each by the door that it has for one, which asks and refuses for itself. */
export class BulkService {
  readonly #parts: BulkParts;

  constructor(parts: BulkParts) {
    this.#parts = parts;
  }

  /**
   * One after the other, and what is refused keeps none of the others from being done.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed` for all of them
   */
  async change(actor: Actor, { rows, change }: BulkOrder): Promise<BulkAnswer[]> {
    await this.#parts.access.authorize(actor, required[change.kind]);
    const answers: BulkAnswer[] = [];
    for (const row of rows) answers.push({ slug: row.slug, refusal: await this.#try(actor, row, change) });
    return answers;
  }

  async #try(actor: Actor, row: Version, change: BulkChange): Promise<BulkAnswer["refusal"]> {
    try {
      await this.#carryOut(actor, row, change);
      return null;
    } catch (error) {
      const foreseen = asForeseen(error);
      if (foreseen === null) throw error;
      const { code, message, sentence } = foreseen;
      return { code, message, sentence };
    }
  }

  async #carryOut(actor: Actor, { slug, version }: Version, change: BulkChange): Promise<void> {
    const { records, editing, lifecycle } = this.#parts;
    if (change.kind === "pause" || change.kind === "archive") {
      await lifecycle.updateStatus(actor, { slug, version, action: change.kind });
      return;
    }
    const { tags } = readExperiment(await records.findVersion({ slug, version })).config;
    if (tags.includes(change.tag)) return;
    await editing.updateConfig(actor, { slug, version, patch: { tags: [...tags, change.tag] } });
  }
}
