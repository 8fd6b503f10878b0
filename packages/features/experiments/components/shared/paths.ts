import type { PersonKey } from "../../types/people";

/** The id of a section of an experiment’s setup. */
export type SetupSection = "use-in-code" | "preview-links";

/** Where the pages of the admin are: the app knows, and hands it to the components. */
export interface ExperimentPaths {
  list: string;
  create: string;
  activity: string;
  people: string;
  calendar: string;
  metrics: string;
  metric: (key: string) => string;
  checklist: string;
  /** Left out where the application leads there by itself. */
  flags?: string;
  /** Where somebody is looked up, to begin with in one experiment. */
  lookup: (slug?: string) => string;
  person: (key: PersonKey) => string;
  detail: (slug: string) => string;
  results: (slug: string) => string;
  setup: (slug: string) => string;
  edit: (slug: string) => string;
  report: (slug: string) => string;
}
