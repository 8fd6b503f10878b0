import { randomUUID } from "node:crypto";
import { asRefusal, type Refusal, type Sentence, sentence } from "@calcom/lib/sentence";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentConfig } from "../types/config";
import { ExperimentError } from "../types/errors";
import { slugSchema } from "../types/names";
import { newConfig } from "../utils/new-config";
import type { ConvertibleUnit, FlagMigrationRepository, FlagToMigrate } from "./flag-migration.repository";
import { configOf, type ExperimentRecords } from "./records";

export interface FlagMigrationPlan {
  slug: string;
  unit: ConvertibleUnit;
  /** How many keep the feature and how many keep control. They are shown, and left out of every comparison. */
  imported: { on: number; off: number };
  /** Why the flag cannot be converted; null if it can. */
  obstacle: Refusal | null;
  version: number;
}

const CONTROL = "control";
const TREATMENT = "treatment";

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
    await this.#access.authorize(actor, "govern");
    const flag = await this.#flag(slug);
    const obstacle = obstacleOf(flag);
    return {
      slug,
      unit,
      imported: await this.#migrations.countSelected(slug, unit),
      obstacle: obstacle && asRefusal(obstacle),
      version: flag.version,
    };
  }

  /**
   * Turns the flag into a draft. The people whom it had selected are no random sample: they become imported rows, which
   * keep what they have once the experiment runs.
   *
   * @throws ExperimentError `not_found`, `invalid_config`, `stale_version`
   */
  async convert(
    actor: Actor,
    { slug, unit, version }: { slug: string; unit: ConvertibleUnit; version: number },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#access.authorize(actor, "govern");
    const flag = await this.#flag(slug);
    const obstacle = obstacleOf(flag);
    if (obstacle !== null) throw new ExperimentError("invalid_config", obstacle, { field: "slug" });
    const variants = { on: TREATMENT, off: CONTROL };
    if (!(await this.#migrations.convert(actorId, { slug, version }, draftOf(flag, unit, actorId), variants)))
      throw changedMeanwhile(slug);
    return this.#records.changed(slug);
  }

  /** @throws ExperimentError `invalid_config` where it never was a flag, `has_data` once somebody was assigned */
  async revert(
    actor: Actor,
    { slug, version }: { slug: string; version: number },
  ): Promise<{ slug: string }> {
    const actorId = await this.#access.authorize(actor, "govern");
    const row = await this.#records.findVersion({ slug, version });
    const { convertedFrom } = configOf(row);
    if (convertedFrom === null)
      throw new ExperimentError(
        "invalid_config",
        sentence("{{slug}} was never a flag: archive it instead.", { slug }),
        {
          field: "slug",
        },
      );
    const assigned = await this.#migrations.countOwnRows(slug);
    if (assigned > 0)
      throw new ExperimentError(
        "has_data",
        sentence(
          "{{assigned}} subjects were assigned since {{slug}} became an experiment: conclude or archive it instead.",
          { assigned, slug },
        ),
        { details: { assignments: assigned, conversions: 0 } },
      );
    if (!(await this.#migrations.revert(actorId, { slug, version }, convertedFrom)))
      throw await this.#records.stale(slug);
    await this.#records.forget(slug);
    return { slug };
  }

  async #flag(slug: string): Promise<FlagToMigrate> {
    const flag = await this.#migrations.find(slug);
    if (flag === null)
      throw new ExperimentError(
        "not_found",
        sentence("There is no flag {{slug}}. Reload the list.", { slug }),
      );
    return flag;
  }
}

function obstacleOf({ slug, type, enabled }: FlagToMigrate): Sentence | null {
  if (type === "EXPERIMENT") return sentence("{{slug}} is an experiment already.", { slug });
  if (enabled)
    return sentence(
      "{{slug}} is on for everybody, so that nobody is left to compare with: turn it off first, and the code will show control.",
      { slug },
    );
  const { error } = slugSchema.safeParse(slug);
  return error === undefined
    ? null
    : sentence("{{slug}} cannot be the slug of an experiment: {{why}}", {
        slug,
        why: sentence(error.issues[0]?.message ?? ""),
      });
}

function draftOf(
  { slug, type, metadata }: FlagToMigrate,
  unit: ConvertibleUnit,
  ownerId: number,
): ExperimentConfig {
  return newConfig({
    name: slug,
    unit,
    variants: [
      { name: CONTROL, percentage: 50 },
      { name: TREATMENT, percentage: 50 },
    ],
    control: CONTROL,
    salt: randomUUID(),
    ownerId,
    // `obstacleOf` has refused experiments already.
    convertedFrom: type === "EXPERIMENT" ? null : { type, metadata },
  });
}

function changedMeanwhile(slug: string): ExperimentError {
  return new ExperimentError(
    "stale_version",
    sentence("Somebody changed {{slug}} in the meantime: look again, then convert it.", { slug }),
  );
}
