import type { Unit } from "../types/settings";
import type { CompiledExperiment } from "../utils/compile";
import type { Assignment, AssignmentKey, FoundAssignment } from "./assignments.repository";
import { UNITS } from "./assignments-sql";
import type { FurtherChannel } from "./config/ports";
import {
  copyOf,
  isFinal,
  isUnit,
  type Known,
  nameOf,
  namesThrough,
  personOf,
  pickRow,
  readName,
} from "./known-rows";

/** Some 600 bytes each. */
const MAX_ROWS = 50_000;
/** A reading that has missed more than so many announcements has missed too much. */
const MAX_MISSED = 1_000;
/** Whatever an announcement names, everything may have changed. */
const ALL = "all";

/** A look at the database; what is announced while it is under way may be newer than what it finds. */
export interface Reading {
  missed: Set<string>;
  isOvertaken: boolean;
}

/**
 * The rows that this node has read and that never change: those whose variant was seen. Rows, never answers: whoever is
 * asked decides anew. It is bounded, holds only while announcements arrive, and forgets what they name.
 */
export class RowMemory {
  readonly #maxRows: number;
  readonly #known: Record<Unit, Map<string, Known>> = {
    user: new Map(),
    team: new Map(),
    visitor: new Map(),
  };
  /** By the name of a person, or of another browser whose row it is: which visitors are known through them. */
  readonly #through = new Map<string, Set<string>>();
  readonly #readings = new Set<Reading>();
  #rows = 0;
  #isHearing = false;

  constructor(maxRows = MAX_ROWS) {
    this.#maxRows = maxRows;
  }

  /** The row that speaks for the subject; null where it has to be read. */
  recall(key: AssignmentKey, experiment: CompiledExperiment): Assignment | null {
    const known = this.#known[key.unit].get(key.unitId);
    if (known === undefined || known.personId !== personOf(key)) return null;
    const row = known.rows.find(({ slug }) => slug === key.slug);
    if (row === undefined || row.salt !== experiment.salt) return null;
    return experiment.variants.includes(row.variant) ? row : null;
  }

  begin(): Reading {
    const reading = { missed: new Set<string>(), isOvertaken: !this.#isHearing };
    this.#readings.add(reading);
    return reading;
  }

  end(reading: Reading): void {
    this.#readings.delete(reading);
  }

  /** Keeps the row that was found to speak for the subject, of all that were found, if it always will. */
  remember(
    reading: Reading,
    key: AssignmentKey,
    experiment: CompiledExperiment,
    chosen: FoundAssignment | null,
    found: readonly FoundAssignment[],
  ): void {
    if (reading.isOvertaken || chosen === null || !isFinal(found)) return;
    const { unit, unitId: id } = key;
    const personId = personOf(key);
    const { ownerId } = chosen;
    const names = [nameOf(unit, id), ...namesThrough(unit, id, ownerId, [chosen]), `experiment ${key.slug}`];
    if (names.some((name) => reading.missed.has(name))) return;
    const known = this.#known[unit].get(id);
    const isSame = known?.personId === personId && known.ownerId === ownerId;
    const others = isSame ? known.rows.filter(({ slug }) => slug !== key.slug) : [];
    this.#drop(unit, id);
    this.#keep(unit, id, { personId, ownerId, rows: [...others, pickRow(chosen, experiment)] });
  }

  /** Forgets what is known under a name: `visitor …`, `person …`, `user …`, `team …`, `experiment …`, or `all`. */
  forget(name: string): void {
    for (const reading of this.#readings) {
      if (name === ALL || reading.missed.size >= MAX_MISSED) reading.isOvertaken = true;
      else reading.missed.add(name);
    }
    const { kind, id } = readName(name);
    if (kind === ALL) this.#forgetAll();
    else if (kind === "experiment") this.#forgetExperiment(id);
    else {
      if (isUnit(kind)) this.#drop(kind, id);
      for (const visitorId of [...(this.#through.get(name) ?? [])]) this.#drop("visitor", visitorId);
    }
  }

  /** From now on changes are announced; what was read before may have changed unheard. */
  hear(): void {
    this.#isHearing = true;
  }

  /** Nothing is announced any more. */
  lose(): void {
    this.#isHearing = false;
    for (const reading of this.#readings) reading.isOvertaken = true;
    this.#forgetAll();
  }

  #keep(unit: Unit, unitId: string, known: Known): void {
    // What a request has said may be part of a longer text, such as a header, which would be kept with it.
    const id = copyOf(unitId);
    const rows = known.rows.map((row) => (row.unitId === id ? { ...row, unitId: id } : row));
    this.#known[unit].set(id, { ...known, rows });
    this.#rows += rows.length;
    for (const name of namesThrough(unit, id, known.ownerId, rows)) {
      const visitors = this.#through.get(name);
      if (visitors === undefined) this.#through.set(name, new Set([id]));
      else visitors.add(id);
    }
    while (this.#rows > this.#maxRows) this.#dropOldest();
  }

  #drop(unit: Unit, id: string): void {
    const known = this.#known[unit].get(id);
    if (known === undefined) return;
    this.#known[unit].delete(id);
    this.#rows -= known.rows.length;
    for (const name of namesThrough(unit, id, known.ownerId, known.rows)) {
      const visitors = this.#through.get(name);
      visitors?.delete(id);
      if (visitors?.size === 0) this.#through.delete(name);
    }
  }

  /** Of the kind of which there are most. */
  #dropOldest(): void {
    const [unit] = UNITS.toSorted((a, b) => this.#known[b].size - this.#known[a].size);
    const [oldest] = unit === undefined ? [] : this.#known[unit].keys();
    if (unit !== undefined && oldest !== undefined) this.#drop(unit, oldest);
  }

  #forgetExperiment(slug: string): void {
    for (const unit of UNITS)
      for (const [id, known] of [...this.#known[unit]]) {
        const rows = known.rows.filter((row) => row.slug !== slug);
        if (rows.length === known.rows.length) continue;
        this.#drop(unit, id);
        if (rows.length > 0) this.#keep(unit, id, { ...known, rows });
      }
  }

  #forgetAll(): void {
    for (const unit of UNITS) this.#known[unit].clear();
    this.#through.clear();
    this.#rows = 0;
  }
}

/** How a node hears of what it has to forget. */
export function announcementsFor(memory: RowMemory): FurtherChannel {
  return {
    channel: "experiment_rows",
    onNotice: (name) => memory.forget(name),
    onHearing: () => memory.hear(),
    onLost: () => memory.lose(),
  };
}
