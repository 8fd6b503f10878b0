import type { ExperimentAnswer } from "@calcom/features/experiments";
import type { ExperimentContextValue } from "@calcom/features/experiments/context/ExperimentContext";

/** What one provider of the page shows. */
export interface PagePart {
  answers: ExperimentAnswer[];
  store: Pick<ExperimentContextValue["store"], "asked" | "seen" | "subscribe">;
}

let parts: readonly PagePart[] = [];
const listeners = new Set<() => void>();

/** Until the returned function is called. */
export function showPart(part: PagePart): () => void {
  change([...parts, part]);
  return () => change(parts.filter((other) => other !== part));
}

export function partsOfPage(): readonly PagePart[] {
  return parts;
}

export function onPageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: readonly PagePart[]): void {
  parts = next;
  for (const listener of listeners) listener();
}
