import { ExperimentError } from "../errors";
import { SLUG_USED_BEFORE, sqlState, UNIQUE_VIOLATION } from "../lib/server/sql";
import type { MetricRegistry } from "../metrics/registry";
import type { ExperimentConfig, ExperimentDetail, Status } from "../types";
import type { Action, EditableField } from "../utils/lifecycle";

export function slugTaken(slug: string, cause: unknown): ExperimentError | null {
  const messages: Record<string, string> = {
    [UNIQUE_VIOLATION]: `The slug ${slug} is taken: choose another one.`,
    [SLUG_USED_BEFORE]: `The slug ${slug} belonged to an experiment that was deleted. Slugs are never used again: choose another one.`,
  };
  const message = messages[sqlState(cause) ?? ""];
  return message === undefined ? null : new ExperimentError("slug_taken", message, { field: "slug", cause });
}

export function lockedField(field: EditableField, status: Status): ExperimentError {
  const why =
    status === "concluded" || status === "archived"
      ? "The experiment is over: duplicate it to run it differently."
      : "It has started, and this decides who is counted and how: duplicate it to run it differently.";
  return new ExperimentError("locked_field", why, { field });
}

export function lostVariant(variant: string): ExperimentError {
  return new ExperimentError(
    "locked_field",
    `${variant} has subjects already: set it to 0 % instead of removing or renaming it.`,
    { field: "variants" },
  );
}

/** A metric that no code defines would be a hole in the results. @throws ExperimentError `invalid_config` */
export function refuseUnknownMetrics(
  registry: MetricRegistry,
  config: Pick<ExperimentConfig, "metrics" | "clientEvents" | "unit">,
): void {
  const { unknown } = registry.plan(config);
  if (unknown.length === 0) return;
  const known = registry.list().map(({ key }) => key);
  throw new ExperimentError(
    "invalid_config",
    `No metric of the unit ${config.unit} is defined as ${unknown.join(", ")}: choose among ${[...known, "event:<event>"].join(", ")}.`,
    { field: "metrics" },
  );
}

export function damagedConfig(damage: string): ExperimentError {
  return new ExperimentError(
    "damaged_config",
    `${damage} Somebody edited it by hand: restore it in the database first.`,
  );
}

export function staleVersion(current: ExperimentDetail): ExperimentError {
  const who = current.updatedBy?.name ?? "Somebody";
  return new ExperimentError(
    "stale_version",
    `${who} changed this experiment in the meantime: look at the change, then save again.`,
    { details: { current } },
  );
}

export function invalidTransition(slug: string, status: Status, action: Action): ExperimentError {
  return new ExperimentError(
    "invalid_transition",
    `${slug} is ${status}, and ${WORDS[action]} is not possible from there.`,
    { details: { status, action } },
  );
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
