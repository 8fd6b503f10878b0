import type { ExperimentAnswer } from "../../types/answers";
import type { HostId } from "../../types/host-id";

/** The server's answer, or why there is none: an error, or null if the server refused the claimed team. */
export type Known =
  | (ExperimentAnswer & { error?: undefined })
  | ({ [K in keyof ExperimentAnswer]?: undefined } & { error: Error | null });

/** Answers and exposures of one subject while the page lives. Answers of the first HTML are not in here. */
export interface ExperimentStore {
  /** The subject that the server rendered the page for, such as `user:12`; null if unknown. */
  readonly subject: string | null;
  /** The version of all configurations when the page was rendered; null if unknown. */
  readonly stamp: string | null;
  /** Requested and reported so far: for the developers' overlay. */
  readonly asked: ReadonlyMap<string, Known>;
  readonly seen: ReadonlySet<string>;
  subscribe(listener: () => void): () => void;
  get(slug: string, teamId: HostId | undefined): Known | undefined;
  put(slug: string, teamId: HostId | undefined, known: Known): void;
  ask(slug: string, teamId: HostId | undefined): void;
  /** Counts a variant as seen, once per experiment and subject. */
  expose(answer: ExperimentAnswer): void;
}
