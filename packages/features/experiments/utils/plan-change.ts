import type { MetricRegistry } from "../metrics/registry";
import type { ExperimentConfig } from "../types/config";
import type { ExperimentPatch } from "../types/input";
import { isByEvents } from "../types/metrics";
import { dropUndefined, findChangedFields, sharesDiffer, toInput, validateInput } from "./config-changes";
import { type EditableField, isEditable, isLive } from "./lifecycle";
import { lockedField, refuseUnknownMetrics } from "./refusals";
import { refuseLosingFlag } from "./refuse-losing-flag";
import { completeRegistration } from "./registering";

/** An experiment as it is before a change. */
export interface PresentExperiment {
  slug: string;
  description: string;
  config: ExperimentConfig;
}

/** All that one save writes. */
export interface PlannedChange {
  config: ExperimentConfig;
  description: string;
  /** Whether the epoch that is under way ends, and whether another begins. */
  closesEpoch: boolean;
  opensEpoch: boolean;
  /** The save is refused if subjects have any other variant. Null where variants stay as they are. */
  keptVariants: string[] | null;
  /** Whether the people whom a flag has selected get their rows. */
  importsFlag?: boolean;
  /** The save is refused from then on, by the clock of the database. */
  until?: Date;
}

/**
 * What a patch makes of an experiment. It names the fields that differ, so that the caller asks the database for what
 * those alone depend on.
 *
 * @throws ExperimentError `locked_field`, `invalid_config`
 */
export function planChange(
  { slug, description: text, config: before }: PresentExperiment,
  patch: ExperimentPatch,
  metrics: MetricRegistry,
): PlannedChange & { changed: EditableField[] } {
  const changed = findChangedFields(before, text, patch);
  for (const field of changed)
    if (!isEditable(field, before.status) || replacesPrimaryEvent(field, before, patch))
      throw lockedField(field, before.status);
  const {
    slug: _same,
    description,
    ...settings
  } = validateInput({ ...toInput(slug, text, before), ...dropUndefined(patch) });
  if (before.convertedFrom !== null) refuseLosingFlag(settings);
  if (changed.includes("metrics") || changed.includes("unit")) refuseUnknownMetrics(metrics, settings);

  const config = { ...before, ...settings, registeredMetrics: completeRegistration(metrics, before) };
  const isNewEpoch = isLive(before.status) && sharesDiffer(before, config);
  if (isNewEpoch) config.epoch = before.epoch + 1;
  return {
    config,
    description,
    closesEpoch: isNewEpoch,
    opensEpoch: isNewEpoch,
    keptVariants: changed.includes("variants") ? config.variants.map(({ name }) => name) : null,
    changed,
  };
}

/** Without chosen metrics the first event is the primary metric, and primary metrics are fixed at the start. */
function replacesPrimaryEvent(
  field: EditableField,
  before: ExperimentConfig,
  { clientEvents = [] }: ExperimentPatch,
): boolean {
  return (
    field === "clientEvents" &&
    before.status !== "draft" &&
    isByEvents(before.metrics) &&
    before.clientEvents.length > 0 &&
    clientEvents[0] !== before.clientEvents[0]
  );
}
