import type { HostId } from "../types/host-id";
import type { Unit } from "../types/settings";
import type { CompiledExperiment } from "../utils/compile";
import type { Assignment, AssignmentKey, FoundAssignment } from "./assignments.repository";
import { UNITS } from "./assignments-sql";

/** A row that never changes, and the salt of the experiment that it was read for. */
export type KnownRow = Assignment & { readonly salt: string };

/** What a node remembers of a subject. */
export interface Known {
  /** The person who was signed in with this visitor's browser. The lookup covers that person's other browsers. */
  readonly personId: HostId | null;
  /** The person whose browsers were looked up: the one who was signed in, else the one the browser is linked to. */
  readonly ownerId: HostId | null;
  readonly rows: readonly KnownRow[];
}

/**
 * Whether the same row is found from now on. Where a person has several browsers, the row of another one may still turn
 * out to be the first: its report may be up to five minutes late, and the row itself may be on its way.
 */
export function isFinal(found: readonly FoundAssignment[]): boolean {
  return found.every(({ exposedAt, isSettled }) => exposedAt !== null && isSettled);
}

/** As announcements name a subject. */
export function nameOf(unit: Unit, id: string): string {
  return `${unit} ${id}`;
}

export function readName(name: string): { kind: string; id: string } {
  const end = name.indexOf(" ");
  return end < 0 ? { kind: name, id: "" } : { kind: name.slice(0, end), id: name.slice(end + 1) };
}

export function isUnit(kind: string): kind is Unit {
  return UNITS.some((unit) => unit === kind);
}

export function personOf({ unit, personId }: AssignmentKey): HostId | null {
  return unit === "visitor" ? personId : null;
}

/** Under which further names a subject has to be forgotten: the person, and the browsers whose rows speak for it. */
export function namesThrough(
  unit: Unit,
  id: string,
  ownerId: HostId | null,
  rows: readonly Pick<Assignment, "unitId">[],
): string[] {
  const others = new Set(rows.flatMap(({ unitId }) => (unitId === id ? [] : [nameOf(unit, unitId)])));
  return [...others, ...(ownerId === null ? [] : [`person ${ownerId}`])];
}

export function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

/** Without what only finding needed, and with texts that the experiment keeps anyway. */
export function pickRow(
  { id, unit, unitId, exposedAt, isProvisional, isImported, ...row }: FoundAssignment,
  { slug, salt, variants }: CompiledExperiment,
): KnownRow {
  const variant = variants.find((name) => name === row.variant) ?? row.variant;
  return { id, slug, variant, unit, unitId, exposedAt, isProvisional, isImported, salt };
}
