import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ExperimentError } from "./errors";
import type { ExperimentRow, ExperimentsRepository, ExperimentTransaction } from "./experiments.repository";
import { SLUG_USED_BEFORE, sqlState, UNIQUE_VIOLATION } from "./lib/server/sql";
import type { StatsRepository } from "./stats.repository";
import type {
  ExperimentConfig,
  ExperimentDetail,
  ExperimentInput,
  ExperimentPatch,
  ExperimentStats,
  ExperimentSummary,
  Status,
  Unit,
} from "./types";
import { experimentInputSchema } from "./types";
import { type Action, type EditableField, isEditable, nextStatus } from "./utils/lifecycle";
import { readStoredConfig } from "./utils/stored-config";

export interface Actor {
  userId: number | null;
}

export interface ListQuery {
  search?: string | undefined;
  status?: Status | undefined;
  unit?: Unit | undefined;
  /** From 1. */
  page?: number | undefined;
  pageSize?: number | undefined;
}

/** Names the state of an experiment that was looked at; a change of any other state is refused. */
interface Version {
  slug: string;
  version: number;
}

export interface ExperimentsAdminParts {
  experiments: ExperimentsRepository;
  stats: StatsRepository;
  /** Makes the node that changed something obey it at once. */
  refresh: (slugs: string[]) => Promise<void>;
  /** @throws where the user is not an admin now, whatever a session says. */
  requireAdmin: (userId: number | null) => Promise<unknown>;
  clock: () => Date;
}

/** What admins do with experiments. Every door leads through here, so authorisation stands here. */
export class ExperimentsAdminService {
  readonly #parts: ExperimentsAdminParts;

  constructor(parts: ExperimentsAdminParts) {
    this.#parts = parts;
  }

  async list(actor: Actor, query: ListQuery = {}): Promise<{ items: ExperimentSummary[]; total: number }> {
    await this.#authorize(actor);
    const pageSize = Math.min(query.pageSize ?? 50, 100);
    const { rows, total } = await this.#parts.experiments.list({
      ...query,
      limit: pageSize,
      offset: ((query.page ?? 1) - 1) * pageSize,
    });
    return { items: rows.map(toSummary), total };
  }

  async get(actor: Actor, slug: string): Promise<ExperimentDetail> {
    await this.#authorize(actor);
    return this.#detail(slug);
  }

  async stats(actor: Actor, slug: string): Promise<ExperimentStats> {
    await this.#authorize(actor);
    const row = await this.#find(slug);
    const stored = readStoredConfig(row);
    const windowDays = stored.ok ? stored.config.conversionWindowDays : 14;
    const counts = await this.#parts.stats.count(slug, windowDays, stored.ok ? stored.config.endedAt : null);
    const configured = stored.ok ? stored.config.variants.map(({ name }) => name) : [];
    const counted = new Map(counts.variants.map((count) => [count.variant, count]));
    const names = [...new Set([...configured, ...counted.keys()])];
    return {
      variants: names.map((variant) => {
        const count = counted.get(variant);
        const events = Object.entries(count?.events ?? {}).map(([event, converted]) => ({
          event,
          converted,
        }));
        return {
          variant,
          assigned: count?.assigned ?? 0,
          exposed: count?.exposed ?? 0,
          converted: count?.converted ?? 0,
          events: events.sort((a, b) => a.event.localeCompare(b.event)),
        };
      }),
      imported: counts.imported,
      mixed: counts.mixed,
    };
  }

  async create(actor: Actor, input: ExperimentInput): Promise<ExperimentDetail> {
    const actorId = await this.#authorize(actor);
    const { slug, description, ...settings } = valid(input);
    await this.#refuseMixedGroups(slug, settings);
    const config: ExperimentConfig = {
      ...settings,
      status: "draft",
      // Not the slug: experiments that are named alike shall share nothing.
      salt: randomUUID(),
      hashVersion: 1,
      epoch: 0,
      winnerVariant: null,
      startedAt: null,
      endedAt: null,
      ownerId: actorId,
    };
    try {
      await this.#parts.experiments.create(actorId, slug, { config, description });
    } catch (cause) {
      throw slugTaken(slug, cause) ?? cause;
    }
    return this.#changed(slug);
  }

  /** Changes what the patch names and nothing else. */
  async updateConfig(
    actor: Actor,
    { slug, version, patch }: Version & { patch: ExperimentPatch },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#authorize(actor);
    const row = await this.#findVersion(slug, version);
    const stored = readStoredConfig(row);
    if (!stored.ok && row.assignments > 0) throw damaged(stored.damage);
    const before = stored.ok ? stored.config : configFor(slug, actorId);
    const changed = changedFields(before, row.description, patch);
    for (const field of changed) if (!isEditable(field, before.status)) throw locked(field, before.status);

    const {
      slug: _same,
      description,
      ...settings
    } = valid({
      ...inputOf(slug, row.description, before),
      ...withoutUndefined(patch),
    });
    if (changed.includes("exclusionGroups")) await this.#refuseMixedGroups(slug, settings);
    const config: ExperimentConfig = { ...before, ...settings };

    const isNewEpoch = isLive(before.status) && sharesDiffer(before, config);
    if (isNewEpoch) config.epoch = before.epoch + 1;
    await this.#parts.experiments.change(actorId, async (transaction) => {
      // First, since it locks the row: whoever saves at the same moment is told so, and opens no epoch.
      await this.#save(transaction, slug, version, config, description);
      if (changed.includes("variants"))
        await refuseLostVariants(
          transaction,
          slug,
          config.variants.map(({ name }) => name),
        );
      if (!isNewEpoch) return;
      await transaction.closeEpoch(slug);
      await transaction.openEpoch(slug, config);
    });
    return this.#changed(slug);
  }

  /** Start, pause, resume, turn off, turn on, archive. Concluding is a step of its own: it takes a winner. */
  async updateStatus(
    actor: Actor,
    { slug, version, action }: Version & { action: Exclude<Action, "conclude"> },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#authorize(actor);
    return this.#transition(actorId, { slug, version }, action, (config) => config);
  }

  /** Ends the experiment for good. With a winner everybody gets it from now on; without one, control. */
  async conclude(
    actor: Actor,
    { slug, version, winnerVariant }: Version & { winnerVariant: string | null },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#authorize(actor);
    return this.#transition(actorId, { slug, version }, "conclude", (config) => {
      if (winnerVariant !== null && !config.variants.some(({ name }) => name === winnerVariant))
        throw new ExperimentError("invalid_config", `No variant is named ${winnerVariant}.`, {
          field: "winnerVariant",
        });
      return { ...config, winnerVariant, endedAt: this.#parts.clock().toISOString() };
    });
  }

  /** Removes an experiment with all that it gathered; what has data asks for its slug first. */
  async delete(actor: Actor, { slug, version, confirmSlug }: Version & { confirmSlug?: string | undefined }) {
    const actorId = await this.#authorize(actor);
    await this.#findVersion(slug, version);
    const data = await this.#parts.experiments.countData(slug);
    if (data.assignments > 0 && confirmSlug !== slug)
      throw new ExperimentError(
        "has_data",
        `Deleting ${slug} destroys ${data.assignments} assignments and ${data.conversions} conversions. Archive it, or type its slug to delete it.`,
        { field: "confirmSlug", details: data },
      );
    if (!(await this.#parts.experiments.delete(actorId, slug, version))) throw await this.#stale(slug);
    await this.#parts.refresh([slug]);
    return { deleted: data };
  }

  async #transition(
    actorId: number,
    { slug, version }: Version,
    action: Action,
    adjust: (config: ExperimentConfig) => ExperimentConfig,
  ): Promise<ExperimentDetail> {
    const row = await this.#findVersion(slug, version);
    const stored = readStoredConfig(row);
    if (!stored.ok) throw damaged(stored.damage);
    const before = stored.config;
    const status = nextStatus(before.status, action);
    if (status === null)
      throw new ExperimentError(
        "invalid_transition",
        `${slug} is ${before.status}, and ${WORDS[action]} is not possible from there.`,
        { details: { status: before.status, action } },
      );
    const config = adjust({ ...before, status });
    const opensEpoch = action === "start" || action === "turn_on";
    if (opensEpoch) {
      valid(inputOf(slug, row.description, before));
      config.epoch = before.epoch + 1;
      config.startedAt ??= this.#parts.clock().toISOString();
    }
    await this.#parts.experiments.change(actorId, async (transaction) => {
      await this.#save(transaction, slug, version, config, row.description);
      if (!isLive(status)) await transaction.closeEpoch(slug);
      if (opensEpoch) await transaction.openEpoch(slug, config);
    });
    return this.#changed(slug);
  }

  async #save(
    transaction: ExperimentTransaction,
    slug: string,
    version: number,
    config: ExperimentConfig,
    description: string,
  ): Promise<void> {
    if ((await transaction.save(slug, version, { config, description })) === null)
      throw await this.#stale(slug);
  }

  async #authorize({ userId }: Actor): Promise<number> {
    await this.#parts.requireAdmin(userId);
    return userId as number;
  }

  async #find(slug: string): Promise<ExperimentRow> {
    const row = await this.#parts.experiments.find(slug);
    if (row === null) throw new ExperimentError("not_found", `There is no experiment ${slug}.`);
    return row;
  }

  async #findVersion(slug: string, version: number): Promise<ExperimentRow> {
    const row = await this.#find(slug);
    if (row.version !== version) throw staleError(row, await this.#detailOf(row));
    return row;
  }

  async #stale(slug: string): Promise<ExperimentError> {
    const row = await this.#find(slug);
    return staleError(row, await this.#detailOf(row));
  }

  async #changed(slug: string): Promise<ExperimentDetail> {
    await this.#parts.refresh([slug]);
    return this.#detail(slug);
  }

  async #detail(slug: string): Promise<ExperimentDetail> {
    return this.#detailOf(await this.#find(slug));
  }

  async #detailOf(row: ExperimentRow): Promise<ExperimentDetail> {
    const stored = readStoredConfig(row);
    return {
      ...toSummary(row),
      description: row.description,
      config: stored.ok ? stored.config : null,
      epochs: await this.#parts.experiments.epochs(row.slug),
    };
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
        `The group ${other.group} holds experiments of unit ${other.unit} (${other.slug}): one of unit ${unit} cannot join it.`,
        { field: "exclusionGroups" },
      );
  }
}

const WORDS: Record<Action, string> = {
  start: "starting",
  pause: "pausing",
  resume: "resuming",
  turn_off: "turning off",
  turn_on: "turning on",
  conclude: "concluding",
  archive: "archiving",
};

function isLive(status: Status): boolean {
  return status === "running" || status === "paused";
}

function toSummary(row: ExperimentRow): ExperimentSummary {
  const stored = readStoredConfig(row);
  const config = stored.ok ? stored.config : null;
  return {
    slug: row.slug,
    name: config?.name ?? row.slug,
    status: config?.status ?? (row.enabled ? "running" : "draft"),
    unit: config?.unit ?? "user",
    assignmentType: config?.assignmentType ?? "deterministic",
    variants: config?.variants ?? [],
    control: config?.control ?? "control",
    winnerVariant: config?.winnerVariant ?? null,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? "" },
    updatedBy: row.updatedById === null ? null : { id: row.updatedById, name: row.updatedByName ?? "" },
    assignments: row.assignments,
    version: row.version,
    updatedAt: row.updatedAt,
    damage: stored.ok ? null : stored.damage,
  };
}

function inputOf(slug: string, description: string, config: ExperimentConfig): ExperimentInput {
  const { status, salt, hashVersion, epoch, winnerVariant, startedAt, endedAt, ownerId, ...settings } =
    config;
  return { slug, description, ...settings };
}

/** The same schema that the form and the routers use: here it guards every other door. */
function valid(input: ExperimentInput): ExperimentInput {
  const result = experimentInputSchema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ExperimentError("invalid_config", issue?.message ?? "The configuration is not valid.", {
    ...(issue ? { field: issue.path.join(".") } : {}),
    cause: result.error,
  });
}

/** A damaged row without data starts over from a blank draft, so that it can be mended in the form. */
function configFor(slug: string, ownerId: number): ExperimentConfig {
  const blank = readStoredConfig({ slug, enabled: false, metadata: null });
  if (!blank.ok) throw damaged(blank.damage);
  return { ...blank.config, ownerId };
}

function changedFields(
  before: ExperimentConfig,
  description: string,
  patch: ExperimentPatch,
): EditableField[] {
  const current: ExperimentPatch = inputOf("", description, before);
  return (Object.keys(patch) as EditableField[]).filter(
    (field) => patch[field] !== undefined && canonical(patch[field]) !== canonical(current[field]),
  );
}

/** JSON in one order of keys: jsonb keeps another one than the form that wrote it. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    z.record(z.string(), z.unknown()).safeParse(part).success && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part as object).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function withoutUndefined(patch: ExperimentPatch): ExperimentPatch {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function sharesDiffer(before: ExperimentConfig, after: ExperimentConfig): boolean {
  const shares = ({ variants, trafficPercentage }: ExperimentConfig) =>
    canonical([trafficPercentage, variants.map(({ name, percentage }) => [name, percentage])]);
  return shares(before) !== shares(after);
}

async function refuseLostVariants(
  transaction: ExperimentTransaction,
  slug: string,
  kept: string[],
): Promise<void> {
  const lost = (await transaction.variantsWithRows(slug)).find((variant) => !kept.includes(variant));
  if (lost !== undefined)
    throw new ExperimentError(
      "locked_field",
      `${lost} has subjects already: set it to 0 % instead of removing or renaming it.`,
      { field: "variants" },
    );
}

function slugTaken(slug: string, cause: unknown): ExperimentError | null {
  const messages: Record<string, string> = {
    [UNIQUE_VIOLATION]: `The slug ${slug} is taken: choose another one.`,
    [SLUG_USED_BEFORE]: `The slug ${slug} belonged to an experiment that was deleted. Slugs are never used again: choose another one.`,
  };
  const message = messages[sqlState(cause) ?? ""];
  return message === undefined ? null : new ExperimentError("slug_taken", message, { field: "slug", cause });
}

function locked(field: EditableField, status: Status): ExperimentError {
  const why =
    status === "concluded" || status === "archived"
      ? "The experiment is over: duplicate it to run it differently."
      : "It has started, and this decides who is counted and how: duplicate it to run it differently.";
  return new ExperimentError("locked_field", why, { field });
}

function damaged(damage: string): ExperimentError {
  return new ExperimentError(
    "damaged_config",
    `${damage} Somebody edited it by hand: restore it in the database first.`,
  );
}

function staleError(row: ExperimentRow, current: ExperimentDetail): ExperimentError {
  const who = row.updatedByName ?? "Somebody";
  return new ExperimentError(
    "stale_version",
    `${who} changed this experiment in the meantime: look at the change, then save again.`,
    { details: { current } },
  );
}
