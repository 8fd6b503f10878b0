import { findFirstSeen } from "../serve/first-seen";
import type { Facts } from "../types/answers";
import type { ExperimentConfig } from "../types/config";
import type { PersonConversion, PersonEntry } from "../types/people";
import { type CompiledExperiment, compileExperiment, compilePlainFlag } from "../utils/compile";
import { decide } from "../utils/decide";
import { explain } from "../utils/explain";
import type { SourcedSaying } from "../utils/former-flag";
import type { PersonLine } from "../utils/person-lines";
import { standingOf } from "../utils/standing";
import { readStoredConfig, type StoredFeature } from "../utils/stored-config";
import type { PersonRow } from "./people.repository";

export type Line = PersonLine<PersonRow>;

/** A row of `Feature`, whichever it is. */
export interface AskableRow extends StoredFeature {
  version: number;
  isFlag?: boolean;
  flagType?: string | null;
}

/** What an entry is made of, all of it read before. */
export interface EntryParts {
  row: AskableRow;
  line: Line;
  /** Whose answer it is, where it has a name. */
  subjectName: string | null;
  facts: Facts;
  said: SourcedSaying | null;
  conversions: PersonConversion[];
  isWithheld: boolean;
  now: number;
}

/** Decides one line with what the database holds now, and says why. Null where its settings cannot be read. */
export function buildEntry(parts: EntryParts): PersonEntry | null {
  const read = readAskable(parts.row);
  if (read === null) return null;
  const { experiment, config } = read;
  const { line, facts, said, now } = parts;
  const { unitId } = line;
  const found = findFirstSeen(line.rows, unitId ?? "");
  const subject = { unitId, facts, isBot: false, hasConsent: true, isRateLimited: false, said };
  // No variant is drawn: what would be drawn is not told.
  const decision = decide(experiment, subject, found, null, { now, random: () => 0 });
  const rule = explain({ experiment, config, decision, unitId, facts, stored: found, said });
  return {
    slug: experiment.slug,
    name: config?.name ?? experiment.slug,
    kind: config === null ? "flag" : "experiment",
    status: experiment.status,
    isTurnedOff: config !== null && standingOf(config).isTurnedOff,
    flagType: config === null ? (parts.row.flagType ?? null) : null,
    subject: { unit: experiment.unit, id: found?.unitId ?? unitId, name: parts.subjectName },
    variants: [...experiment.variants],
    control: experiment.control,
    decision,
    isVariantKnown: rule.code !== "draw",
    rule,
    assigned: found && { variant: found.variant, at: found.assignedAt, exposedAt: found.exposedAt },
    since: sinceWhen(rule.code, { config, said, found }),
    facts: experiment.targeting.frozen(facts),
    conversions: parts.conversions,
    isWithheld: parts.isWithheld,
  };
}

export function readAskable(
  row: AskableRow,
): { experiment: CompiledExperiment; config: ExperimentConfig | null } | null {
  const { slug, version, enabled, isFlag } = row;
  if (isFlag) return { experiment: compilePlainFlag(slug, version, enabled), config: null };
  const stored = readStoredConfig(row);
  return stored.ok
    ? { experiment: compileExperiment(slug, version, stored.config), config: stored.config }
    : null;
}

function sinceWhen(
  code: PersonEntry["rule"]["code"],
  of: { config: ExperimentConfig | null; said: SourcedSaying | null; found: PersonRow | null },
): Date | null {
  if (code === "flag_row") return of.said?.since ?? null;
  if (code === "winner") return of.config?.endedAt ? new Date(of.config.endedAt) : null;
  return of.found?.assignedAt ?? null;
}
