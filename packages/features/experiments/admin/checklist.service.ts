import { sentence } from "@calcom/lib/sentence";
import type { AccessService, Actor } from "../serve/access.service";
import { type ChecklistItem, type ItemCheck, MAX_CHECKLIST_ITEMS } from "../types/checklist";
import { ExperimentError } from "../types/errors";
import { readStatus } from "../utils/stored-config";
import type { ChecklistRepository } from "./checklist.repository";
import type { ExperimentRecords } from "./records";

export interface ChecklistParts {
  access: Pick<AccessService, "authorize">;
  records: Pick<ExperimentRecords, "find">;
  checklist: ChecklistRepository;
}

/** The team's own items, which a person checks before each start. */
export class ChecklistService {
  readonly #parts: ChecklistParts;

  constructor(parts: ChecklistParts) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed` */
  async list(actor: Actor): Promise<ChecklistItem[]> {
    await this.#parts.access.authorize(actor, "view");
    return this.#parts.checklist.list();
  }

  /** Returns all of them. @throws ExperimentError as `list`; `invalid_config` of too many */
  async add(actor: Actor, text: string): Promise<ChecklistItem[]> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    if (!(await this.#parts.checklist.add(actorId, text, MAX_CHECKLIST_ITEMS)))
      throw new ExperimentError(
        "invalid_config",
        sentence("A checklist has at most {{most}} items. Remove one first.", { most: MAX_CHECKLIST_ITEMS }),
        { field: "text" },
      );
    return this.#parts.checklist.list();
  }

  /** Returns those that are left. @throws ExperimentError as `list` */
  async remove(actor: Actor, id: string): Promise<ChecklistItem[]> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    await this.#parts.checklist.remove(actorId, id);
    return this.#parts.checklist.list();
  }

  /**
   * Records that the actor has checked an item for an experiment, or takes that back.
   *
   * @throws ExperimentError as `list`; `not_found`; `locked_field` once it has started
   */
  async check(
    actor: Actor,
    change: { slug: string; itemId: string; isChecked: boolean },
  ): Promise<ItemCheck[]> {
    const { access, records, checklist } = this.#parts;
    const actorId = await access.authorize(actor, "run");
    if (readStatus(await records.find(change.slug)) !== "draft")
      throw new ExperimentError("locked_field", "The experiment has started, so its checklist is closed.");
    await checklist.setCheck(actorId, change);
    return checklist.listFor(change.slug);
  }
}

/** @throws ExperimentError `invalid_config` at `checklist` while an item is open */
export function refuseOpenItems(items: readonly ItemCheck[]): void {
  const open = items.filter(({ checked }) => checked === null).map(({ text }) => text);
  if (open.length === 0) return;
  throw new ExperimentError(
    "invalid_config",
    sentence("Check off these checklist items before the start: {{items}}.", { items: open.join(" · ") }),
    { field: "checklist" },
  );
}
