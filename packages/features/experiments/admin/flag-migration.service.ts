import { changedMeanwhile } from "@calcom/lib/changed-meanwhile";
import { asRefusal, type Refusal, sentence } from "@calcom/lib/sentence";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentDetail } from "../types/admin";
import { ExperimentError } from "../types/errors";
import type { Version } from "./experiment-changes.repository";
import { draftFrom, findObstacle } from "./flag-draft";
import type { FlagMigrationRepository, FlagToMigrate } from "./flag-migration.repository";
import type { ConvertibleUnit } from "./flag-selection-sql";
import { type ExperimentRecords, readExperiment } from "./records";

export interface FlagMigrationPlan {
  slug: string;
  unit: ConvertibleUnit;
  /** How many keep the feature and how many keep control, as it is now. They are shown, and left out of every comparison. */
  imported: { on: number; off: number };
  /** Why the flag cannot be converted; null if it can. */
  obstacle: Refusal | null;
  version: number;
}

/** Converts a flag into an experiment, and back as long as nobody was assigned. */
export class FlagMigrationService {
  readonly #access: AccessService;
  readonly #records: ExperimentRecords;
  readonly #migrations: FlagMigrationRepository;

  constructor(access: AccessService, records: ExperimentRecords, migrations: FlagMigrationRepository) {
    this.#access = access;
    this.#records = records;
    this.#migrations = migrations;
  }

  /**
   * A dry run: says what a conversion would do, and changes nothing.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  async plan(
    actor: Actor,
    { slug, unit }: { slug: string; unit: ConvertibleUnit },
  ): Promise<FlagMigrationPlan> {
    await this.#access.authorize(actor, "convert");
    const flag = await this.#find(slug);
    const obstacle = findObstacle(flag);
    return {
      slug,
      unit,
      imported: await this.#migrations.countSelected(slug, unit),
      obstacle: obstacle && asRefusal(obstacle),
      version: flag.version,
    };
  }

  /**
   * Turns the flag into a draft, in which its rows go on answering and can be edited. The people whom it has selected
   * are no random sample: at the start they become imported rows, which keep what they have.
   *
   * @throws ExperimentError `not_found`, `invalid_config`, `stale_version`
   */
  async convert(
    actor: Actor,
    { slug, unit, version }: { slug: string; unit: ConvertibleUnit; version: number },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#access.authorize(actor, "convert");
    const flag = await this.#find(slug);
    const obstacle = findObstacle(flag);
    if (obstacle !== null) throw new ExperimentError("invalid_config", obstacle, { field: "slug" });
    const draft = draftFrom(flag, unit, actorId);
    if (!(await this.#migrations.convert(actorId, { slug, version }, draft)))
      throw staleFlag(slug, (await this.#find(slug)).updatedByName);
    await this.#records.refresh(slug);
    return this.#records.describe(slug);
  }

  /** @throws ExperimentError `invalid_config` where it never was a flag, `has_data` once somebody was assigned */
  async revert(
    actor: Actor,
    { slug, version }: Version,
  ): Promise<{ slug: string; deleted: { assignments: number } }> {
    const actorId = await this.#access.authorize(actor, "convert");
    const row = await this.#records.findVersion({ slug, version });
    const { convertedFrom } = readExperiment(row).config;
    if (convertedFrom === null)
      throw new ExperimentError(
        "invalid_config",
        sentence("{{slug}} was never a flag. Archive it instead.", { slug }),
        { field: "slug" },
      );
    const assigned = await this.#migrations.countOwnRows(slug);
    if (assigned > 0)
      throw new ExperimentError(
        "has_data",
        sentence("{{slug}} already has participants ({{assigned}}). Conclude or archive it instead.", {
          assigned,
          slug,
        }),
        { details: { assignments: assigned, conversions: 0 } },
      );
    const destroyed = await this.#migrations.revert(actorId, { slug, version }, convertedFrom);
    if (destroyed === null) throw await this.#records.findStale(slug);
    await this.#records.refresh(slug);
    return { slug, deleted: { assignments: destroyed } };
  }

  async #find(slug: string): Promise<FlagToMigrate> {
    const flag = await this.#migrations.find(slug);
    if (flag === null) throw noSuchFlag(slug);
    return flag;
  }
}

function noSuchFlag(slug: string): ExperimentError {
  return new ExperimentError("not_found", sentence("There is no flag {{slug}}. Reload the list.", { slug }));
}

function staleFlag(slug: string, who: string | null): ExperimentError {
  const { message, details } = changedMeanwhile(slug, who);
  return new ExperimentError("stale_version", message, { details });
}
