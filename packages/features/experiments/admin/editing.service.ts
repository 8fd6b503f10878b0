import { randomUUID } from "node:crypto";
import { sentence } from "@calcom/lib/sentence";
import type { ExperimentRow, ExperimentsRepository } from "../experiments.repository";
import type { MetricRegistry } from "../metrics/registry";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentConfig, ExperimentInput, ExperimentPatch } from "../types/config";
import { ExperimentError } from "../types/errors";
import { NO_SCHEDULE } from "../types/settings";
import { changedFields, inputOf, sharesDiffer, validInput, withoutUndefined } from "../utils/config-changes";
import { type EditableField, isEditable, isLive } from "../utils/lifecycle";
import { newConfig } from "../utils/new-config";
import {
  damagedConfig,
  forUnit,
  lockedField,
  lostVariant,
  refuseUnknownMetrics,
  slugTaken,
} from "../utils/refusals";
import { readStoredConfig } from "../utils/stored-config";
import type { ExperimentChangesRepository, ExperimentTransaction } from "./experiment-changes.repository";
import { configOf, type ExperimentRecords, type Version } from "./records";
import { registeredBefore } from "./registering";

export interface EditingParts {
  access: AccessService;
  records: ExperimentRecords;
  experiments: Pick<ExperimentsRepository, "unitsInGroups">;
  changes: Pick<ExperimentChangesRepository, "create" | "change">;
  metrics: MetricRegistry;
}

/** Creates, duplicates and configures experiments. */
export class EditingService {
  readonly #parts: EditingParts;

  constructor(parts: EditingParts) {
    this.#parts = parts;
  }

  /**
   * Creates a draft with a salt of its own.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `slug_taken`, `invalid_config`
   */
  async create(actor: Actor, input: ExperimentInput): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    refuseUnknownMetrics(this.#parts.metrics, validInput(input));
    return this.#create(actorId, input);
  }

  /**
   * Creates a draft with the same settings and a slug and a salt of its own, so that no assignment carries over.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`, `slug_taken`,
   * `invalid_config`
   */
  async duplicate(
    actor: Actor,
    { slug, newSlug, name }: { slug: string; newSlug: string; name: string },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    const row = await this.#parts.records.find(slug);
    const config = configOf(row);
    const settings = inputOf(newSlug, row.description, config);
    // Keep a typed number only. A number that a forecast froze belongs to the original: the copy's start makes its own.
    const isForecast = config.plannedBy !== null && config.plannedBy !== "typed";
    const analysis = isForecast ? { ...config.analysis, plannedSubjects: null } : config.analysis;
    return this.#create(actorId, { ...settings, name, analysis, schedule: NO_SCHEDULE });
  }

  /**
   * Changes only the settings that the patch names.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `stale_version`, `locked_field`,
   * `invalid_config`, `damaged_config`
   */
  async updateConfig(
    actor: Actor,
    { slug, version, patch }: Version & { patch: ExperimentPatch },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    const row = await this.#parts.records.findVersion({ slug, version });
    const before = editableConfig(row, actorId);
    const changed = changedFields(before, row.description, patch);
    for (const field of changed)
      if (!isEditable(field, before.status) || isFirstEvent(field, before, patch))
        throw lockedField(field, before.status);

    const {
      slug: _same,
      description,
      ...settings
    } = validInput({ ...inputOf(slug, row.description, before), ...withoutUndefined(patch) });
    if (changed.includes("metrics") || changed.includes("unit"))
      refuseUnknownMetrics(this.#parts.metrics, settings);
    if (changed.includes("exclusionGroups")) await this.#refuseMixedGroups(slug, settings);
    const config: ExperimentConfig = {
      ...before,
      ...settings,
      registeredMetrics: registeredBefore(this.#parts.metrics, before),
    };

    const isNewEpoch = isLive(before.status) && sharesDiffer(before, config);
    if (isNewEpoch) config.epoch = before.epoch + 1;
    await this.#parts.changes.change(actorId, async (transaction) => {
      // Save first: it locks the row, so that a concurrent save is refused before it opens an epoch.
      await this.#parts.records.save(transaction, { slug, version }, { config, description });
      if (changed.includes("variants")) await refuseLostVariants(transaction, slug, config);
      if (!isNewEpoch) return;
      await transaction.closeEpoch(slug);
      await transaction.openEpoch(slug, config);
    });
    return this.#parts.records.changed(slug);
  }

  async #create(actorId: number, input: ExperimentInput): Promise<ExperimentDetail> {
    const { slug, description, ...settings } = validInput(input);
    await this.#refuseMixedGroups(slug, settings);
    // A salt of its own: with the slug as salt, similar names could lead to similar assignments.
    const config = newConfig({ ...settings, salt: randomUUID(), ownerId: actorId });
    try {
      await this.#parts.changes.create(actorId, slug, { config, description });
    } catch (cause) {
      throw slugTaken(slug, cause) ?? cause;
    }
    return this.#parts.records.changed(slug);
  }

  async #refuseMixedGroups(
    slug: string,
    { exclusionGroups, unit }: Pick<ExperimentConfig, "exclusionGroups" | "unit">,
  ): Promise<void> {
    if (exclusionGroups.length === 0) return;
    const names = exclusionGroups.map(({ name }) => name);
    const others = await this.#parts.experiments.unitsInGroups(names, slug);
    const other = others.find((member) => member.unit !== unit);
    if (other)
      throw new ExperimentError(
        "invalid_config",
        sentence(
          "The group {{group}} holds experiments {{theirs}} ({{slug}}): one {{ours}} cannot join it.",
          { group: other.group, theirs: forUnit[other.unit], slug: other.slug, ours: forUnit[unit] },
        ),
        { field: "exclusionGroups" },
      );
  }
}

/** Without chosen metrics the first event is the primary metric, and primary metrics are fixed at the start. */
function isFirstEvent(
  field: EditableField,
  before: ExperimentConfig,
  { clientEvents = [] }: ExperimentPatch,
): boolean {
  const { primary, secondary, guardrails } = before.metrics;
  const isByEvents = primary === null && secondary.length === 0 && guardrails.length === 0;
  return (
    field === "clientEvents" &&
    before.status !== "draft" &&
    isByEvents &&
    before.clientEvents.length > 0 &&
    clientEvents[0] !== before.clientEvents[0]
  );
}

/** A damaged experiment without data starts over from a blank draft, so that it can be repaired in the form. */
function editableConfig(row: ExperimentRow, ownerId: number): ExperimentConfig {
  const stored = readStoredConfig(row);
  if (stored.ok) return stored.config;
  if (row.assignments > 0) throw damagedConfig(stored.damage);
  return newConfig({ name: row.slug, salt: row.slug, ownerId });
}

async function refuseLostVariants(
  transaction: ExperimentTransaction,
  slug: string,
  { variants }: ExperimentConfig,
): Promise<void> {
  const kept = new Set(variants.map(({ name }) => name));
  const lost = (await transaction.variantsWithRows(slug)).find((variant) => !kept.has(variant));
  if (lost !== undefined) throw lostVariant(lost);
}
