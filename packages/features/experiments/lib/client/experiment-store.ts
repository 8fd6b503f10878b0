import type { ExperimentAnswer } from "../../types/answers";

/** The server's answer, or why the browser has none: an error, and null where it refused the claimed team. */
export type Known =
  | (ExperimentAnswer & { error?: undefined })
  | ({ [K in keyof ExperimentAnswer]?: undefined } & { error: Error | null });

/** What one subject was told and has seen, as long as its page lives. Answers of the first HTML are not in here. */
export interface ExperimentStore {
  /** Whom the server took this page's reader for, such as `user:12`; null where it did not say. */
  readonly subject: string | null;
  /** Names the state of all configurations when the page was rendered; null where nobody said. */
  readonly stamp: string | null;
  /** What was asked for and what was reported as seen: for developers to look at. */
  readonly asked: ReadonlyMap<string, Known>;
  readonly seen: ReadonlySet<string>;
  subscribe(listener: () => void): () => void;
  get(slug: string, teamId: number | undefined): Known | undefined;
  put(slug: string, teamId: number | undefined, known: Known): void;
  ask(slug: string, teamId: number | undefined): void;
  /** Counts a variant as seen, once per experiment and subject. */
  expose(answer: ExperimentAnswer): void;
  flush(): void;
}
