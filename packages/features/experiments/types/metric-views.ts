import type { Sentence } from "@calcom/lib/sentence";
import type { HostId } from "./host-id";
import type { CatalogDefinition, MetricStatus, MetricTerm } from "./metric-catalog";
import type { MetricKind } from "./metric-kind";
import type { Status, Unit } from "./settings";

/** A metric as forms offer it and pages name it. */
export interface KnownMetric {
  key: string;
  name: string;
  kind: MetricKind;
  direction: "increase" | "decrease";
  minimumEffect: number | null;
  /** The units that it covers. */
  units: Unit[];
  /** Whether an experiment may choose it: it is ready, and this database can compute it. */
  isOffered: boolean;
}

/** A metric in the list of the catalog. */
export interface MetricListing {
  key: string;
  name: string;
  kind: MetricKind | null;
  /** What it counts, of a ratio what it is divided by too: null for a query in code. Empty where it cannot be read. */
  counts: (MetricTerm | null)[];
  description: string;
  /** Null for one that code defines, which nobody edits here. */
  status: MetricStatus | null;
  owner: { id: HostId; name: string } | null;
  /** Null for one that code defines. */
  version: number | null;
  /** How many experiments name it. */
  uses: number;
  /** Why it cannot be computed now; null where it can. */
  fault: string | Sentence | null;
}

export interface MetricVersion {
  version: number;
  /** Null where it can no longer be read. */
  definition: CatalogDefinition | null;
  createdAt: Date;
  createdByName: string | null;
}

export interface MetricUse {
  slug: string;
  name: string;
  status: Status;
  /** Before the start or after the end: the flag that it was is turned off. */
  isTurnedOff: boolean;
  version: number | null;
}

export interface MetricDetail extends MetricListing {
  /** Null where its definition can no longer be read. */
  direction: KnownMetric["direction"] | null;
  minimumEffect: number | null;
  revision: number | null;
  units: Unit[];
  /** Newest first; none of one in code. */
  versions: MetricVersion[];
  usedBy: MetricUse[];
}

/** What code offers for making metrics. */
export interface OfferedSource {
  key: string;
  name: string;
  units: Unit[];
  values: { key: string; name: string; currency: string | null }[];
  filters: { key: string; name: string; type: "text" | "number" | "boolean" }[];
}

/** What was recorded lately of a metric. */
export interface MetricHistory {
  asOf: Date;
  unit: Unit;
  /** How its value is written; null where nothing can be computed of it. */
  measured: { kind: MetricKind; currency?: string } | null;
  /** Rows by day (UTC), for four weeks before today; null where they could not be counted in time. */
  days: { day: string; rows: number; subjects: number }[] | null;
  /** Its value among the participants of a recent experiment; null where there are too few. */
  baseline: {
    value: number;
    /** The standard deviation; null of a rate, whose value says how much it varies. */
    deviation: number | null;
    subjects: number;
    precedent: { slug: string; name: string };
  } | null;
}
