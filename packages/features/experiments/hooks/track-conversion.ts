import { type ClientConversion, transport } from "../lib/client/transport";
import type { HostId } from "../types/host-id";
import type { ExperimentSlug, VariantOf } from "../types/registry";
import type { AssignmentType } from "../types/settings";

export interface ConversionOptions {
  /** One of the client events that the experiment declares. */
  conversionEvent: string;
  /** A conversion of a team experiment names its team. */
  teamId?: HostId;
  /** Repetitions with the same key count once. */
  key?: string;
}

/**
 * Reports what the person did, with every experiment that declares the event and has the person, or any of their
 * browsers, in it; with those of a team too, where `teamId` names it. Never throws. A `key` makes repetitions count once.
 */
export function trackConversion(
  event: string,
  { key, teamId }: Pick<ConversionOptions, "key" | "teamId"> = {},
): void {
  report({ event, subject: teamId === undefined ? null : `team:${teamId}`, key });
}

/**
 * Reports a conversion from anywhere in the browser, for one experiment; never throws, and does nothing without a variant.
 * Variant and assignment type are what the caller believes: the server goes by the stored assignment.
 */
export function trackExperimentConversion<S extends ExperimentSlug>(
  slug: S,
  variant: VariantOf<S> | null | undefined,
  _assignmentType: AssignmentType | null,
  { conversionEvent: event, teamId, key }: ConversionOptions,
): void {
  if (variant == null) return;
  const subject = teamId === undefined ? null : `team:${teamId}`;
  report({ slug, event, subject, key });
}

/** If no transport is registered, loads the one that uses the route at `/api/experiments`. */
function report(conversion: ClientConversion): void {
  const registered = transport();
  if (registered) registered.sendConversion(conversion);
  // A render on the server reports nothing.
  else if (typeof document !== "undefined")
    import("../lib/client/mount-transport")
      .then(({ mountTransport }) => mountTransport().sendConversion(conversion))
      .catch(() => {});
}
