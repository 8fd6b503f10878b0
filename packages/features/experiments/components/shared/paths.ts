/** Where the pages of the admin are: the app knows, and hands it to the components. */
export interface ExperimentPaths {
  list: string;
  create: string;
  activity: string;
  people: string;
  detail: (slug: string) => string;
  results: (slug: string) => string;
  edit: (slug: string) => string;
}
