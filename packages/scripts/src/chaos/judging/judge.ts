/** What a visitor was told that the server may not take back. */
export interface Told {
  visitorId: string;
  slug: string;
  variant: string;
}

export interface Reported {
  visitorId: string;
  slug: string;
  event: string;
  key: string;
}

/** What was answered over HTTP. */
export interface Answered {
  told: readonly Told[];
  /** Exposures that were taken. */
  seen: readonly Pick<Told, "visitorId" | "slug">[];
  /** Conversions that were taken. */
  converted: readonly Reported[];
  /** Those and all others that were ever sent: a report may arrive whose answer does not. */
  attempted: readonly Reported[];
}

/** What is in the database. */
export interface Stored {
  assignments: readonly (Told & { isExposed: boolean })[];
  conversions: readonly Reported[];
}

/** Each a list of what went wrong, in words. */
export interface Judgement {
  lost: string[];
  changed: string[];
  unseen: string[];
  unconverted: string[];
  doubled: string[];
  invented: string[];
}

/** Holds what was answered to what is stored. */
export function judge(answered: Answered, stored: Stored): Judgement {
  const rows = new Map(stored.assignments.map((row) => [subjectOf(row), row]));
  const variants = new Map<string, Set<string>>();
  for (const told of answered.told) {
    const known = variants.get(subjectOf(told)) ?? new Set();
    variants.set(subjectOf(told), known.add(told.variant));
  }
  const counts = new Map<string, number>();
  for (const one of stored.conversions) counts.set(reportOf(one), (counts.get(reportOf(one)) ?? 0) + 1);
  const attempted = new Set(answered.attempted.map(reportOf));
  const converted = new Set(answered.converted.map(reportOf));
  const seen = new Set(answered.seen.map(subjectOf));
  return {
    lost: [...variants.keys()].filter((subject) => !rows.has(subject)),
    changed: [...variants].flatMap(([subject, told]) => {
      const row = rows.get(subject);
      if (row !== undefined) told.add(row.variant);
      return told.size > 1 ? [`${subject}: ${[...told].join(", ")}`] : [];
    }),
    unseen: [...seen].filter((subject) => rows.get(subject)?.isExposed !== true),
    unconverted: [...converted].filter((report) => !counts.has(report)),
    doubled: [
      ...[...counts].filter(([, count]) => count > 1).map(([report]) => report),
      ...twice(stored.assignments.map(subjectOf)),
    ],
    invented: [...counts.keys()].filter((report) => !attempted.has(report)),
  };
}

function subjectOf({ visitorId, slug }: Pick<Told, "visitorId" | "slug">): string {
  return `${visitorId} in ${slug}`;
}

function reportOf({ visitorId, slug, event, key }: Reported): string {
  return `${event} ${key} of ${visitorId} in ${slug}`;
}

function twice(names: readonly string[]): string[] {
  const known = new Set<string>();
  return names.filter((name) => known.size === known.add(name).size);
}
