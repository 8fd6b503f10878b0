import { type Catalogue, type CataloguedExperiment, shownOf } from "../catalogue";
import type { Scan, Use } from "./scan";

export interface StaleReport {
  /** Experiments that are over and still in the code, with what everybody sees. */
  finished: {
    slug: string;
    status: CataloguedExperiment["status"];
    shown: string;
    endedAt: string | null;
    uses: Use[];
  }[];
  /** Slugs in the code that no experiment of the database has. */
  unknown: { slug: string; uses: Use[] }[];
  /** Uses whose slug is known only when the code runs. */
  unread: Use[];
  files: number;
}

export function staleReportOf({ experiments, damaged }: Catalogue, { files, uses }: Scan): StaleReport {
  const bySlug = new Map<string, Use[]>();
  for (const use of uses) {
    if (use.slug !== null) bySlug.set(use.slug, [...(bySlug.get(use.slug) ?? []), use]);
  }
  const known = new Set([...experiments, ...damaged].map(({ slug }) => slug));
  return {
    finished: experiments.flatMap((experiment) => {
      const shown = shownOf(experiment);
      const found = bySlug.get(experiment.slug);
      if (shown === null || found === undefined) return [];
      const { slug, status, endedAt } = experiment;
      return [{ slug, status, shown, endedAt, uses: found }];
    }),
    unknown: [...bySlug]
      .filter(([slug]) => !known.has(slug))
      .map(([slug, found]) => ({ slug, uses: found }))
      .sort((a, b) => (a.slug < b.slug ? -1 : 1)),
    unread: uses.filter(({ slug }) => slug === null),
    files,
  };
}

export function isClean({ finished, unknown }: StaleReport): boolean {
  return finished.length === 0 && unknown.length === 0;
}

/** For people: a line for each place, as editors and terminals make links of. */
export function wordsOf(report: StaleReport): string {
  const { finished, unknown, unread, files } = report;
  const lines = [
    ...finished.flatMap(({ slug, status, shown, endedAt, uses }) => [
      `${slug}: ${status}${endedAt === null ? "" : ` on ${endedAt.slice(0, 10)}`}, everybody sees ${shown}`,
      ...uses.map(lineOf),
      "",
    ]),
    ...unknown.flatMap(({ slug, uses }) => [
      `${slug}: no experiment of the database has this slug`,
      ...uses.map(lineOf),
      "",
    ]),
    ...(unread.length === 0
      ? []
      : [
          `${count(unread.length, "use")} that cannot be read without running the code:`,
          ...unread.map(lineOf),
          "",
        ]),
    isClean(report)
      ? `No finished experiment and no unknown slug in ${count(files, "file")}.`
      : `${count(finished.length, "finished experiment")} and ${count(unknown.length, "unknown slug")} in ${count(files, "file")}.`,
  ];
  return lines.join("\n");
}

const lineOf = ({ file, line, column, call }: Use): string => `  ${file}:${line}:${column}  ${call}`;
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
