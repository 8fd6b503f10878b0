import { createHash } from "node:crypto";
import { type CompiledExperiment, compileExperiment, compilePlainFlag } from "../../utils/compile";
import { readStoredConfig, type StoredFeature } from "../../utils/stored-config";

export interface StoredExperiment extends StoredFeature {
  version: number;
  /** It is a plain flag, whose slug may be used again. */
  isFlag?: boolean;
  /** Of a plain flag, where it has one. */
  flagType?: string | null;
  createdAt?: Date;
}

/**
 * Keeps compiled experiments by slug. Reads can overtake each other, so an older version never replaces a newer one.
 */
export class CompiledExperiments {
  readonly #entries = new Map<string, Entry>();
  /**
   * What pages have asked for since the last change. A node may hold thousands, and looking one up among them costs more
   * than deciding; asked for are a dozen, of those that there are.
   */
  readonly #asked = new Map<string, CompiledExperiment>();
  #stamp: string | null = null;

  get(slug: string): CompiledExperiment | null {
    const asked = this.#asked.get(slug);
    if (asked !== undefined) return asked;
    const compiled = this.#entries.get(slug)?.compiled() ?? null;
    if (compiled !== null) this.#asked.set(slug, compiled);
    return compiled;
  }

  all(): CompiledExperiment[] {
    return [...this.#entries.values()].flatMap((entry) => entry.compiled() ?? []);
  }

  /** Identifies the state of all experiments: equal wherever the same versions are. */
  stamp(): string {
    this.#stamp ??= computeStamp(this.#entries);
    return this.#stamp;
  }

  put(row: StoredExperiment): void {
    const known = this.#entries.get(row.slug);
    if (known?.isNoOlderThan(row)) return;
    this.#entries.set(row.slug, new Entry(row));
    this.#forget();
  }

  remove(slug: string): void {
    this.#entries.delete(slug);
    this.#forget();
  }

  #forget(): void {
    this.#asked.clear();
    this.#stamp = null;
  }

  /** The slugs whose versions differ, or that exist on one side only. */
  differingFrom(versions: ReadonlyMap<string, number>): string[] {
    const changed = [...versions].filter(([slug, version]) => this.#entries.get(slug)?.version !== version);
    const gone = [...this.#entries.keys()].filter((slug) => !versions.has(slug));
    return [...changed.map(([slug]) => slug), ...gone];
  }
}

function computeStamp(entries: ReadonlyMap<string, Entry>): string {
  const versions = [...entries].map(([slug, { version }]) => `${slug}:${version}`).sort();
  return createHash("sha256").update(versions.join()).digest("base64url").slice(0, 16);
}

/** Compiled at first use: a node may hold thousands of experiments, and decide a dozen. */
class Entry {
  readonly version: number;
  readonly #row: StoredExperiment;
  #compiled: CompiledExperiment | null | undefined;

  constructor(row: StoredExperiment) {
    this.#row = row;
    this.version = row.version;
  }

  isNoOlderThan({ version, createdAt }: StoredExperiment): boolean {
    const isAnother = Number(createdAt ?? 0) > Number(this.#row.createdAt ?? 0);
    return !isAnother && this.version >= version;
  }

  compiled(): CompiledExperiment | null {
    if (this.#compiled === undefined) this.#compiled = compile(this.#row);
    return this.#compiled;
  }
}

function compile(row: StoredExperiment): CompiledExperiment | null {
  const { slug, version, enabled, isFlag } = row;
  if (isFlag) return compilePlainFlag(slug, version, enabled);
  const stored = readStoredConfig(row);
  return stored.ok ? compileExperiment(slug, version, stored.config) : null;
}
